import {UsageError} from '../errors.js';
import {formats} from '../formats/table.js';
import type {IngestOptions} from '../ingest.js';
import {type PriceList, priceList} from '../metrics/pricing.js';
import {resolveSources} from '../sources/resolve.js';
import type {Source, SourceProblem} from '../sources/source.js';
import {localTimeOf} from '../time/zones.js';
import type {Options} from './options.js';

/** What every verb begins with. */
export type Session = {
	readonly sources: readonly Source[];
	/** Arguments that led to no source. */
	readonly problems: readonly SourceProblem[];
	/** Paths as they were looked at, for a message that names them. */
	readonly lookedAt: readonly string[];
	readonly ingest: Omit<IngestOptions, 'onChange'>;
	readonly prices: PriceList;
};

/** Finds the sources that the options name, and puts together how to read and price them. */
export const openSession = async (options: Options): Promise<Session> => {
	const found = options.demo ? await demo() : await resolveSources(options.sources);
	const prices = priceList(options.prices, options.planModel);
	for (const [model, like] of options.prices) {
		if (typeof like === 'string' && !prices.find(model, Date.now(), 1)) {
			throw new UsageError(
				`--price: no price is known for "${like}". Name a model like claude-sonnet-4-5, or its prices.`,
			);
		}
	}
	return {
		...found,
		ingest: {
			formats: options.format === undefined ? formats : [named(options.format)],
			now: Date.now,
			localTime: localTimeOf(options.logZone),
			promptTokens: options.promptTokens,
		},
		prices,
	};
};

/** A format that the user named reads every log, whatever the log looks like. */
const named = (name: string) => {
	const format = formats.find(candidate => candidate.name === name);
	if (!format) {
		throw new Error(`unknown format ${name}`);
	}
	return {...format, recognise: () => true};
};

const demo = async (): Promise<Pick<Session, 'sources' | 'problems' | 'lookedAt'>> => {
	const {demoSource} = await import('../demo/demo-source.js');
	return {sources: [demoSource({now: Date.now, seed: 1})], problems: [], lookedAt: ['demo']};
};
