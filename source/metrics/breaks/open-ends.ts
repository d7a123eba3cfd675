import {type ChainEnd, held} from './chain.js';

/** Open chains that are remembered of a thread. */
const mostEnds = 16;

type Ends<Key> = readonly ChainEnd<Key>[];

/** Open ends with one in the place of another. */
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
		const older = all.slice(0, -1);
		const least = Math.min(...older.map(worth));
		all.splice(
			older.findIndex(one => worth(one) === least),
			1,
		);
	}
	return all;
};

/** Which ends to keep: those asleep and those of one request go first. */
const worth = ({asleep, continued}: ChainEnd<unknown>): number => (asleep ? 0 : continued ? 2 : 1);
