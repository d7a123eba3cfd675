import type {Iteration, PriceFactors, Usage} from '../../../request.js';
import {asObject, asText, type JsonObject} from '../../json/json-line.js';
import {listOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import type {AnswerMembers} from './line.js';

/** What an answer tells that was skimmed last. */
export const usageOf = ({input, output, read, written, writtenFiveMinutes, writtenOneHour}: AnswerMembers): Usage =>
	usageOfParts({
		input: input.told,
		read: read.told,
		// Versions and gateways that do not tell lifetimes apart know 5 minutes only.
		written:
			written.exists || writtenFiveMinutes.exists || writtenOneHour.exists
				? Math.max(written.optional ?? 0, (writtenFiveMinutes.optional ?? 0) + (writtenOneHour.optional ?? 0))
				: undefined,
		writtenOneHour: writtenOneHour.optional,
		output: output.told,
	});

/** What multiplies the list price of an answer; undefined where nothing does. */
export const priceFactorsOf = ({speed, geo, tier}: AnswerMembers): PriceFactors | undefined => {
	const factors = {
		...(speed.text === 'fast' && {speed: 'fast' as const}),
		...(geo.text === 'us' && {inferenceGeo: 'us'}),
		...(tier.text === 'batch' && {tier: 'batch' as const}),
	};
	return Object.keys(factors).length > 0 ? factors : undefined;
};

/** A call to a model that one answer reports beside others. */
export type Step = {
	/** As the answer names its kind: `message`, `advisor_message`, `compaction`, `fallback_message`. */
	readonly kind: string;
	/** Its place among them. */
	readonly index: number;
	readonly model: string | undefined;
	readonly usage: Usage;
};

const stepOf = (entry: JsonObject, index: number): Step => {
	const lifetimes = asObject(entry.cache_creation);
	return {
		kind: asText(entry.type) ?? 'message',
		index,
		model: asText(entry.model),
		usage: usageOfParts({
			input: toldCount(entry.input_tokens),
			read: toldCount(entry.cache_read_input_tokens),
			written: optionalCount(entry.cache_creation_input_tokens),
			writtenOneHour: optionalCount(lifetimes?.ephemeral_1h_input_tokens),
			output: toldCount(entry.output_tokens),
		}),
	};
};

/** Characters of the list that are looked at: an entry has some hundred. */
const longestList = 64 * 1024;

/**
 * The model calls that an answer reports one by one, if they are more than the answer itself. The totals beside them are
 * those of the entries `message`; an advisor, a compaction and a fallback are in no other number.
 */
export const stepsOf = ({iterations}: AnswerMembers): readonly Step[] => {
	if (!iterations.exists || iterations.isNull) {
		return [];
	}
	const text = iterations.beginning(longestList);
	if (
		!text.includes('_message"') &&
		!text.includes('compaction') &&
		text.indexOf('"type"') === text.lastIndexOf('"type"')
	) {
		return [];
	}
	try {
		return listOf(JSON.parse(text)).map((entry, index) => stepOf(asObject(entry) ?? {}, index));
	} catch {
		return [];
	}
};

/** The calls that the totals sum, where these are several. */
export const iterationsOf = (steps: readonly Step[]): readonly Iteration[] | undefined => {
	const messages = steps.filter(({kind}) => kind === 'message');
	return messages.length > 1
		? messages.map(({usage: {uncached, cacheRead, cacheWrite5m, cacheWrite1h}}) => ({
				uncached,
				cacheRead,
				cacheWrite5m,
				cacheWrite1h,
			}))
		: undefined;
};
