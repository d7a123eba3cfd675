import {seededHash} from '../../text/seeded-hash.js';

/** Another in each process, so that no log can be made whose keys all fall into one bucket. */
const seed = Math.trunc(Math.random() * 2 ** 31);

/** The key that was asked for last, mostly to be asked for again or set, and its hash. */
let lastKey = '';
let lastHash = seed;

/** A number of 32 bits for a key; equal keys have the same. */
export const hashOf = (key: string): number => {
	if (key !== lastKey) {
		lastKey = key;
		lastHash = seededHash(key, seed);
	}
	return lastHash;
};
