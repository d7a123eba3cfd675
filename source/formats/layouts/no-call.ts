import {areEqual, type EqualSlots} from './equal-slots.js';
import type {Layout} from './layout.js';
import type {FoundCall, Reader} from './layout-reading.js';

/** Recognises objects of a layout that report no call. */
export class NoCall implements Reader {
	readonly #equal: EqualSlots;

	/** @param equal slots with the same bytes in every line */
	constructor(equal: EqualSlots) {
		this.#equal = equal;
	}

	read({matcher}: Layout): FoundCall {
		return areEqual(this.#equal, matcher) ? 'none' : undefined;
	}
}
