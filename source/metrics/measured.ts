import {type Iteration, inputTokens, type Request, type Usage} from '../request.js';

/** The properties of a request that its facts follow from, besides its id. */
export type TracedRequest = Pick<
	Request,
	| 'time'
	| 'start'
	| 'thread'
	| 'agent'
	| 'agentId'
	| 'project'
	| 'model'
	| 'provider'
	| 'client'
	| 'settings'
	| 'usage'
	| 'missReason'
	| 'missTokens'
	| 'iterations'
	| 'rebuilt'
>;

/** A request for which the log reports what the provider read from the cache. */
export type MeasuredRequest = TracedRequest & {readonly usage: Usage};

/**
 * True if usage says what was read from the cache. Silence is not zero: lines without cache counts, counts that are all
 * 0 (no prompt is empty), and an application's estimate without reads say nothing about the cache.
 */
export const tellsCache = (usage: Usage): boolean =>
	!usage.cacheUnknown &&
	inputTokens(usage) > 0 &&
	!((usage.accuracy === 'estimated' || usage.accuracy === 'fallback') && usage.cacheRead === 0);

/** True if a request is a hit or a miss by what the provider did. */
export const isMeasured = <Some extends Pick<Request, 'usage'>>(
	request: Some,
): request is Some & {readonly usage: Usage} => request.usage !== undefined && tellsCache(request.usage);

/** The tokens that usage is billed by; if it says nothing about the cache, all input is plain input. */
export const billedTokens = (usage: Usage): Iteration =>
	tellsCache(usage) ? usage : {uncached: inputTokens(usage), cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};
