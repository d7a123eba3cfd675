import {invalid, skipNumber} from '../json/json-skip.js';
import {plainEnd, type Slot, unreadEnd} from './slots.js';

const openCurly = 0x7b;

/** Digits of a number of tokens that is read from bytes. */
const mostDigits = 12;

/**
 * What the lines of one writer have in common: everything but the values in its slots. A line is of a layout if it is
 * the same to the byte between the slots, and each slot holds a value of its kind.
 */
export class Layout {
	/** By slot, of the line that matched last: where its value begins and ends. */
	readonly from: Int32Array;
	readonly behind: Int32Array;
	readonly #pieces: readonly Uint8Array[];
	readonly #kinds: readonly Slot['kind'][];

	/** @param start where the object begins that the slots are of, and `end` where it ends */
	constructor(bytes: Buffer, start: number, end: number, slots: readonly Slot[]) {
		const places = [start, ...slots.map(({behind}) => behind)];
		this.#pieces = places.map((from, index) => Uint8Array.prototype.slice.call(bytes, from, slots[index]?.from ?? end));
		this.#kinds = slots.map(({kind}) => kind);
		this.from = new Int32Array(slots.length);
		this.behind = new Int32Array(slots.length);
	}

	/** What tells it from others. */
	get key(): string {
		return this.#pieces
			.map((piece, index) => Buffer.from(piece).toString('latin1') + (this.#kinds[index] ?? ''))
			.join('\0');
	}

	/** Whether an object that begins here is of this layout. @returns where it ends, or `invalid` */
	match(bytes: Buffer, start: number): number {
		const kinds = this.#kinds;
		let at = start;
		for (let index = 0; ; index++) {
			const piece = this.#pieces[index] as Uint8Array;
			for (let offset = 0; offset < piece.length; offset++) {
				if (bytes[at + offset] !== piece[offset]) {
					return invalid;
				}
			}
			at += piece.length;
			const kind = kinds[index];
			if (kind === undefined) {
				return at;
			}
			this.from[index] = at;
			if (kind === 'text') {
				const end = bytes[at] === openCurly ? invalid : plainEnd(bytes, at);
				at = end > at ? end : invalid;
			} else {
				at = kind === 'number' ? skipNumber(bytes, at) : unreadEnd(bytes, at);
			}
			if (at === invalid) {
				return invalid;
			}
			this.behind[index] = at;
		}
	}
}

/** A number of tokens as it is usually written: digits, without a zero before them. NaN for any other. */
export const countAt = (bytes: Uint8Array, from: number, behind: number): number => {
	const length = behind - from;
	if (length > mostDigits || length === 0 || (length > 1 && bytes[from] === 0x30)) {
		return Number.NaN;
	}
	let count = 0;
	for (let at = from; at < behind; at++) {
		const digit = (bytes[at] as number) - 0x30;
		if (digit < 0 || digit > 9) {
			return Number.NaN;
		}
		count = count * 10 + digit;
	}
	return count;
};
