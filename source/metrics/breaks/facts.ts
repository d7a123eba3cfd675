import type {Request, Usage} from '../../request.js';
import {tellsCache} from '../measured.js';
import type {Loss, SmallLoss} from './loss.js';
import type {PaidTokens} from './lost.js';

/**
 * Why a chain began. `switched`: the chain went on under its old model, this one holds the same conversation a second
 * time. `shrunk`: its prompt is far smaller than the thread's chain (compacted, trimmed, a new task). `together`: sent
 * with others of the same model and project (a fan-out). `first` of its thread. `side`: beside a chain that goes on.
 */
export const coldKinds = ['switched', 'shrunk', 'together', 'first', 'side'] as const;
/** One of `coldKinds`. */
export type ColdKind = (typeof coldKinds)[number];

/** A request that begins a chain: all of its prompt but what it read was paid for the first time. */
type ColdStart = PaidTokens & {readonly kind: ColdKind};

/** A request of this usage that begins a chain. Written out: copies that a spread makes are slow to read. */
export const coldStart = (kind: ColdKind, {uncached, cacheWrite5m, cacheWrite1h}: Usage): ColdStart => ({
	kind,
	oneHour: cacheWrite1h,
	fiveMinutes: cacheWrite5m,
	input: uncached,
});

/** What is known of a request from those of its thread. It holds tokens and times only: prices come later. */
export type Facts = {
	/** Since the request before it in its chain was sent, milliseconds; undefined for the first of a chain. */
	readonly gap: number | undefined;
	/** The cached tokens that it lost, where that is a break. */
	readonly loss: Loss | undefined;
	/** Those that it lost without being a break. */
	readonly small: SmallLoss | undefined;
	/** Undefined unless it begins a chain. */
	readonly cold: ColdStart | undefined;
	/** Tokens it would have read if all writes of its chain had lived for five minutes. */
	readonly readFiveMinutes: number;
	/** The same for an hour. */
	readonly readOneHour: number;
};

/** A request and its facts. */
export type Counted = {readonly request: Request; readonly facts: Facts};

/** Tokens that a request read from the cache, as far as its log tells: without a thread nothing else is known of its reads. */
export const readAlone = ({usage}: Pick<Request, 'usage'>): number =>
	usage && tellsCache(usage) ? usage.cacheRead : 0;

/** Facts of a request that continues nothing and begins nothing: without a thread, unmeasured, or too small to cache. */
export const factsAlone = (request: Pick<Request, 'usage'>): Facts => {
	const read = readAlone(request);
	return {gap: undefined, loss: undefined, small: undefined, cold: undefined, readFiveMinutes: read, readOneHour: read};
};
