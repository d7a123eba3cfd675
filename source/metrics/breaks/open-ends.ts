import {type ChainEnd, held} from './chain.js';

/** Maximum number of open chains per thread. */
const mostEnds = 16;

type Ends<Key> = readonly ChainEnd<Key>[];

/** The ends with one of them replaced. */
export const replaced = <Key>(ends: Ends<Key>, end: ChainEnd<Key>, by: ChainEnd<Key>): Ends<Key> =>
	ends.map(one => (one === end ? by : one));

/**
 * Adds an open end, unless nothing is in the cache. Drops the least important ends beyond the limit.
 * @param gone the end that it replaces
 */
export const opened = <Key>(ends: Ends<Key>, end: ChainEnd<Key>, gone?: ChainEnd<Key>): Ends<Key> => {
	const all: ChainEnd<Key>[] = [];
	for (const one of ends) {
		if (one !== gone) {
			all.push(one);
		}
	}
	if (held(end) > 0) {
		all.push(end);
	}
	while (all.length > mostEnds) {
		all.splice(leastWorth(all), 1);
	}
	return all;
};

/** Index of the first of the least important ends; never the last end. */
const leastWorth = (ends: Ends<unknown>): number => {
	let least = 0;
	for (let at = 1; at < ends.length - 1; at++) {
		if (worth(ends[at] as ChainEnd<unknown>) < worth(ends[least] as ChainEnd<unknown>)) {
			least = at;
		}
	}
	return least;
};

/** Importance of an end: suspended chains are dropped first, then chains with a single request. */
const worth = ({suspended, continued}: ChainEnd<unknown>): number => (suspended ? 0 : continued ? 2 : 1);
