import {type Usage, writtenTokens} from '../../request.js';

const minute = 60_000;

/** How long a cache lives that nothing tells the lifetime of, milliseconds: the providers' usual five minutes. */
export const defaultLifetime = 5 * minute;

/** How long tokens live that a request wrote, milliseconds: an hour if any of them were written for one. */
export const writtenFor = (usage: Usage): number | undefined =>
	writtenTokens(usage) === 0 ? undefined : (usage.cacheWrite1h > 0 ? 60 : 5) * minute;

/**
 * How long what a request left in the cache lives without being used. A request that only read renews what it read for
 * as long as that was written for.
 * @param before of the request before it
 */
export const lifetimeOf = (usage: Usage, before: number): number => writtenFor(usage) ?? before;
