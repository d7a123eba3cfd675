import {createReadStream, fstatSync} from 'node:fs';
import {hostname} from 'node:os';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {UsageError} from '../errors.js';
import type {Keeper} from '../fleet/keep/keeper.js';
import {isClickhouseAddress} from '../fleet/table/address.js';
import {glitchtip} from '../formats/backends/glitchtip/glitchtip.js';
import type {Format} from '../formats/format.js';
import {formats} from '../formats/table.js';
import {EventPairing} from '../glitchtip/event-pairing.js';
import type {IngestOptions} from '../ingest/options.js';
import {SavedReadings} from '../ingest/saved-readings.js';
import type {Ledger} from '../metrics/ledger.js';
import type {Mark} from '../metrics/marks.js';
import {type PriceList, priceList} from '../metrics/money/pricing.js';
import {publishedPrices} from '../metrics/money/published-prices.js';
import {readMarks} from '../settings/marks-file.js';
import {resolveSources} from '../sources/resolve.js';
import {type Source, type SourceProblem, storeProblem} from '../sources/source.js';
import {openStore} from '../store/open-store.js';
import type {Store} from '../store/store.js';
import {localTimeOf} from '../time/zones.js';
import type {Options} from './options.js';
import {refuseSources} from './refuse-sources.js';
import {scopeOf, userPricesOf} from './scope.js';
import {isServer} from './server-names.js';
import {openServers} from './servers.js';

/** What every verb starts with: sources, formats, prices and a store. */
export type Session = {
	readonly sources: readonly Source[];
	/** Follows agents that are installed while hitrate runs; undefined if sources were named. */
	readonly later?: Source | undefined;
	/** Why arguments could not be resolved to sources. */
	readonly problems: readonly SourceProblem[];
	/** The paths that were searched, for messages. */
	readonly lookedAt: readonly string[];
	readonly ingest: Omit<IngestOptions, 'onChange' | 'positionOf' | 'onRest'>;
	readonly prices: PriceList;
	/** The requests of earlier runs; receives those of this one. */
	readonly store: Store;
	/** Answers questions about requests: the store, or the ClickHouse of a fleet. */
	readonly ledger: Ledger;
	/** True for a fleet: the requests are on another machine, and no log is read. */
	readonly isRemote: boolean;
	/** Starts to maintain a fleet; undefined for logs. */
	readonly keep?: (say: (line: string) => void) => Keeper;
	/** The current marks: the user's own (or the demo's), and those of the settings. */
	readonly marks: () => readonly Mark[];
	/** Why nothing is saved, although it should be. */
	readonly notKept: string | undefined;
	/** Path of the store's file; undefined if it is in memory. */
	readonly keptAt: string | undefined;
};

type Found = Pick<Session, 'sources' | 'later' | 'problems' | 'lookedAt'> & {
	/** Marks that belong to the sources. */
	readonly marked?: readonly Mark[];
};

/** Finds the sources that the options name, and opens formats, prices and a store for them. */
export const openSession = async (options: Options): Promise<Session> => {
	const prices = pricesOf(options);
	const pairing = new EventPairing();
	const common = {
		ingest: {
			formats: await formatsOf(options),
			now: Date.now,
			localTime: localTimeOf(options.logZone),
			promptTokens: options.promptTokens,
			withoutRepeats: (batch, kept) => pairing.without(batch, kept),
		} satisfies Session['ingest'],
		prices,
		marks: () => [...readMarks(), ...options.marks],
	};
	const fleet = options.demo ? undefined : options.sources.find(isClickhouseAddress);
	if (fleet !== undefined) {
		// The hosts that read the requests reported their prices.
		const published = priceList();
		const {openFleet} = await import('./fleet-session.js');
		const {name, ...opened} = openFleet(fleet, options, published);
		return {
			...common,
			...opened,
			isRemote: true,
			sources: [],
			problems: [],
			lookedAt: [name],
			notKept: undefined,
			keptAt: undefined,
		};
	}
	const {store, problem, notice, path} = await openStore({
		scope: scopeOf(options),
		prices,
		published: publishedPrices(),
		userPrices: userPricesOf(options),
		retention: options.retention,
	});
	const saved = new SavedReadings(store);
	const found: Found = options.demo ? await demo() : await sourcesOf(options, saved);
	return {
		...common,
		...found,
		ingest: {...common.ingest, saved},
		// The user's own marks have nothing to do with the demo.
		marks: () => (found.marked ? [...found.marked, ...options.marks] : common.marks()),
		problems: [...found.problems, ...(notice === undefined ? [] : [storeProblem(notice)])],
		store,
		ledger: store,
		isRemote: false,
		notKept: problem,
		keptAt: path,
	};
};

/**
 * In a worker thread, standard input is available only as a descriptor. Pipes are awaited like sockets: another process
 * that shares the pipe may have made it non-blocking, so that reading an empty one would fail.
 */
const standardInput = (): Readable => {
	if (process.getBuiltinModule('node:worker_threads').isMainThread) {
		return process.stdin;
	}
	const kind = fstatSync(0);
	return kind.isFIFO() || kind.isSocket()
		? new (process.getBuiltinModule('node:net').Socket)({fd: 0, readable: true, writable: false})
		: createReadStream('', {fd: 0, autoClose: false});
};

/** Files, folders, commands and pipes; servers are read after them. */
const sourcesOf = async ({sources, exec}: Options, saved: SavedReadings): Promise<Found> => {
	const addresses = sources.filter(isServer);
	const paths = sources.filter(source => !isServer(source));
	refuseSources(paths);
	const found =
		paths.length === 0 && exec.length === 0 && addresses.length > 0
			? {sources: [], problems: [], lookedAt: []}
			: await resolveSources(paths, {
					exec,
					stdin: standardInput,
					resume: ({id}) => saved.beginFile(id),
					positionOf: ({id}) => saved.positionOf(id),
					stampOf: ({id}) => saved.stampOf(id),
					resumeRows: ({id}) => saved.beginRows(id),
				});
	if (addresses.length === 0) {
		return found;
	}
	const servers = await openServers(addresses, ({id}) => saved.beginRows(id));
	return {...found, sources: [...found.sources, ...servers], lookedAt: [...found.lookedAt, ...addresses]};
};

const pricesOf = (options: Options): PriceList => {
	const prices = priceList(options.prices, options.planModel);
	for (const [model, like] of options.prices) {
		if (typeof like === 'string' && !prices.find(model, Date.now(), 1)) {
			throw new UsageError(
				`--price: no price is known for "${like}". Name a model like claude-sonnet-4-5, or its prices.`,
			);
		}
	}
	return prices;
};

/**
 * The formats to recognise logs by; the user's pattern comes first. The regular expression engine is loaded only for
 * that.
 */
const formatsOf = async ({format, pattern}: Options): Promise<readonly Format[]> => {
	// Events of GlitchTip identify themselves.
	const known = format === undefined ? formats : [glitchtip, named(format)];
	if (pattern === undefined) {
		return known;
	}
	const [{compilePattern}, {patternFormat}] = await Promise.all([
		import('../formats/backends/pattern/compile-pattern.js'),
		import('../formats/backends/pattern/pattern.js'),
	]);
	return [patternFormat(compilePattern(pattern)), ...known];
};

/** A named format reads every log, whatever it looks like. */
const named = (name: string) => {
	const format = formats.find(candidate => candidate.name === name);
	if (!format) {
		throw new Error(`unknown format ${name}`);
	}
	return {...format, recognise: () => true};
};

const demo = async (): Promise<Found> => {
	const {demoMarks, demoSource} = await import('../demo/demo-source.js');
	const marked = demoMarks(Date.now());
	return {sources: [demoSource({now: Date.now, seed: 1})], problems: [], lookedAt: ['demo'], marked};
};

/** `worker.log`, `worker.log and backend.log`, `worker.log and 5 more`. */
export const titleOf = ({sources, lookedAt}: Pick<Session, 'sources' | 'lookedAt'>): string => {
	const [first, second, ...more] = sources.map(({name}) => name);
	if (first === undefined) {
		return lookedAt[0] ?? '';
	}
	if (second === undefined) {
		return first;
	}
	return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
};

/** The sources and the machine, for pages that are forwarded: `worker.log on web1`. */
export const subjectOf = (session: Pick<Session, 'sources' | 'lookedAt'>): string =>
	`${titleOf(session)} on ${hostname()}`;
