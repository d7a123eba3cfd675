import {areEqual, type EqualSlots} from './equal-slots.js';
import type {Layout} from './layout.js';
import type {Reader, Told} from './reading.js';

/** Knows objects of a layout that tell no call. */
export class NoCall implements Reader {
	readonly #equal: EqualSlots;

	/** @param equal slots whose bytes are the same in every one */
	constructor(equal: EqualSlots) {
		this.#equal = equal;
	}

	read({matcher}: Layout): Told {
		return areEqual(this.#equal, matcher) ? 'none' : undefined;
	}
}
