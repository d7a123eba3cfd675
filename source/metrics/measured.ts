import {type Iteration, inputTokens, type Request, type Usage} from '../request.js';

/** A request of which the log reports what the provider read from the cache. */
export type MeasuredRequest = Request & {readonly usage: Usage};

/**
 * Whether usage tells what was read from the cache. Silence is not zero: no line about the cache, counts that are all 0
 * (no prompt is empty), and an application's guess that read nothing say nothing about the cache.
 */
export const tellsCache = (usage: Usage): boolean =>
	!usage.cacheUnknown &&
	inputTokens(usage) > 0 &&
	!((usage.accuracy === 'estimated' || usage.accuracy === 'fallback') && usage.cacheRead === 0);

/** Whether a request is a hit or a miss by what the provider did. */
export const isMeasured = (request: Request): request is MeasuredRequest =>
	request.usage !== undefined && tellsCache(request.usage);

/** The tokens that usage is priced by: where it says nothing about the cache, all of them as plain input. */
export const billedTokens = (usage: Usage): Iteration =>
	tellsCache(usage) ? usage : {uncached: inputTokens(usage), cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};
