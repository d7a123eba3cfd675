import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import {SlotText} from './slot-text.js';

/** A text, or the slot that contains it. */
export type Part = string | number;

/** A text composed of the contents of slots and constant text. */
export class JoinedText {
	readonly #parts: readonly Part[];
	/** By part; undefined for constant text. */
	readonly #texts: readonly (SlotText | undefined)[];
	/** The only slot if the text is nothing else, or -1. */
	readonly #slot: number;
	/** True if it is the same in every line. */
	readonly isSame: boolean;

	constructor(parts: readonly Part[]) {
		const [first] = parts;
		this.#parts = parts;
		this.#texts = parts.map(part => (typeof part === 'number' ? new SlotText() : undefined));
		this.#slot = parts.length === 1 && typeof first === 'number' ? first : -1;
		this.isSame = parts.every(part => typeof part === 'string');
	}

	/** The text of the object that matched last. */
	of({bytes, from, behind}: LayoutMatcher): string {
		if (this.#slot >= 0) {
			return (this.#texts[0] as SlotText).of(bytes, from[this.#slot] as number, behind[this.#slot] as number);
		}
		let whole = '';
		for (let index = 0; index < this.#parts.length; index++) {
			const part = this.#parts[index] as Part;
			whole +=
				typeof part === 'string'
					? part
					: (this.#texts[index] as SlotText).of(bytes, from[part] as number, behind[part] as number);
		}
		return whole;
	}
}
