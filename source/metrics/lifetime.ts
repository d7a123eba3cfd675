import {type Request, type Usage, writtenTokens} from '../request.js';

const minute = 60_000;

/** How long tokens live that a request wrote, milliseconds: an hour if any of them were written for one. */
const writtenFor = (usage: Usage): number | undefined =>
	writtenTokens(usage) === 0 ? undefined : (usage.cacheWrite1h > 0 ? 60 : 5) * minute;

/**
 * How long what a request left in the cache lives without being used. A request that only read renews what it read for
 * as long as that was written for.
 * @param before of the request before it
 */
export const lifetimeOf = (usage: Usage, before: number): number => writtenFor(usage) ?? before;

/**
 * How long the cache lives that each thread began with: as long as its first write. Five minutes, the usual, where it
 * has written nothing.
 * @param requests oldest first
 */
export const firstLifetimes = (requests: readonly Request[]): ((thread: string) => number) => {
	const found = new Map<string, number>();
	for (const {thread, usage} of requests) {
		const lifetime = thread === undefined || !usage || found.has(thread) ? undefined : writtenFor(usage);
		if (lifetime !== undefined) {
			found.set(thread as string, lifetime);
		}
	}
	return thread => found.get(thread) ?? 5 * minute;
};
