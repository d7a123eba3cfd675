import type {Request, Usage} from '../../request.js';
import {tellsCache} from '../measured.js';
import type {Loss, SmallLoss} from './loss.js';
import type {PaidTokens} from './paid-tokens.js';

/**
 * Why a chain started. `switched`: its conversation continues on another model, which needs a second copy in the cache.
 * `shrunk`: its prompt is far smaller than that of the thread's chain (compacted, trimmed, a new task). `together`:
 * sent together with others of the same model and project (fan-out). `first`: of its thread. `side`: parallel to a
 * chain that continues.
 */
export const coldKinds = ['switched', 'shrunk', 'together', 'first', 'side'] as const;
/** One of `coldKinds`. */
export type ColdKind = (typeof coldKinds)[number];

/** The start of a chain: all of its prompt that was not read was paid for the first time. */
type ColdStart = PaidTokens & {readonly kind: ColdKind};

/**
 * The cold start of a request with this usage. Lists all members, because spreading makes objects that are slow to
 * read.
 */
export const coldStart = (kind: ColdKind, {uncached, cacheWrite5m, cacheWrite1h}: Usage): ColdStart => ({
	kind,
	oneHour: cacheWrite1h,
	fiveMinutes: cacheWrite5m,
	input: uncached,
});

/** What a thread reveals about one of its requests. Contains only tokens and times; prices are applied later. */
export type Facts = {
	/** Milliseconds since the previous request of its chain was sent; undefined for the first. */
	readonly gap: number | undefined;
	/** The break; undefined if there is none. */
	readonly loss: Loss | undefined;
	/** Lost tokens that are too few for a break. */
	readonly small: SmallLoss | undefined;
	/** Set for the first request of a chain. */
	readonly cold: ColdStart | undefined;
	/** Tokens that it would have read if all writes of its chain had a lifetime of five minutes. */
	readonly readFiveMinutes: number;
	/** Tokens that it would have read if all writes of its chain had a lifetime of one hour. */
	readonly readOneHour: number;
};

/** A request and its facts. */
export type Counted = {readonly request: Request; readonly facts: Facts};

/** Tokens that a request read from the cache, as far as its log tells: without a thread nothing else is known of its reads. */
export const readAlone = ({usage}: Pick<Request, 'usage'>): number =>
	usage && tellsCache(usage) ? usage.cacheRead : 0;

/** Facts of a request outside of all chains: without a thread, unmeasured, or too small to cache. */
export const factsAlone = (request: Pick<Request, 'usage'>): Facts => {
	const read = readAlone(request);
	return {gap: undefined, loss: undefined, small: undefined, cold: undefined, readFiveMinutes: read, readOneHour: read};
};
