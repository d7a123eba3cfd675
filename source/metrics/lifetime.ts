import {type Usage, writtenTokens} from '../request.js';

const minute = 60_000;

/**
 * How long what a request left in the cache lives without being used, milliseconds: an hour if it wrote 1-hour tokens,
 * else five minutes. A request that only read renews what it read for as long as that was written for.
 */
export const lifetimeOf = (usage: Usage, before: number | undefined): number => {
	if (writtenTokens(usage) === 0 && before !== undefined) {
		return before;
	}
	return (usage.cacheWrite1h > 0 ? 60 : 5) * minute;
};
