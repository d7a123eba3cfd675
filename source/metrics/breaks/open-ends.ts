import {type ChainEnd, held} from './chain.js';

/** Open chains that are remembered of a thread. */
const mostEnds = 16;

type Ends<Key> = readonly ChainEnd<Key>[];

/** Open ends with one in place of another. */
export const replaced = <Key>(ends: Ends<Key>, end: ChainEnd<Key>, by: ChainEnd<Key>): Ends<Key> =>
	ends.map(one => (one === end ? by : one));

/**
 * One more open end, unless that holds nothing. Those that matter least are forgotten.
 * @param gone the end that it takes the place of
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

/** The place of the first that is worth least; the last is never it. */
const leastWorth = (ends: Ends<unknown>): number => {
	let least = 0;
	for (let at = 1; at < ends.length - 1; at++) {
		if (worth(ends[at] as ChainEnd<unknown>) < worth(ends[least] as ChainEnd<unknown>)) {
			least = at;
		}
	}
	return least;
};

/** Which ends to keep: those asleep and those of one request go first. */
const worth = ({asleep, continued}: ChainEnd<unknown>): number => (asleep ? 0 : continued ? 2 : 1);
