import {LayoutCode, type LayoutMatcher, type SlotCode, type SlotKind} from '../../scanner/layout-matcher.js';
import {invalid} from '../json/json-skip.js';
import type {Slot} from './slots.js';

/** Tokens of one call are fewer. */
const tooMany = 1e12;

/** What of a slot's value the matcher is to tell. */
const kindOf = (bytes: Buffer, {kind, use, from, behind}: Slot): SlotKind => {
	if (kind !== 'text' || (use !== 'counted' && use !== 'timed' && use !== 'lasting')) {
		return kind;
	}
	return use !== 'timed' || /^\d+$/.test(bytes.toString('latin1', from, behind)) ? 'digits' : 'time';
};

const codeOf = (bytes: Buffer, slot: Slot): SlotCode => ({
	kind: kindOf(bytes, slot),
	quoted: slot.quoted,
	stamp: bytes.subarray(slot.from, slot.kind === 'stamp' ? slot.behind : slot.from),
});

/** What tells the layout of an object from others. Stamps of one layout are written alike. */
export const keyOf = (bytes: Buffer, start: number, end: number, slots: readonly Slot[]): string => {
	let key = '';
	let at = start;
	for (const {kind, from, behind} of slots) {
		const stamp = kind === 'stamp' ? bytes.toString('latin1', from, behind).replaceAll(/\d/g, '0') : '';
		key += `${bytes.toString('latin1', at, from)}\0${kind}${stamp}`;
		at = behind;
	}
	return key + bytes.toString('latin1', at, end);
};

/**
 * What the lines of one writer have in common: everything but the values in its slots. A line is of a layout if it is
 * the same to the byte between the slots, and each slot holds a value of its kind.
 */
export class Layout {
	/** Has the slots of the object that matched last, whatever its layout. */
	readonly matcher: LayoutMatcher;
	readonly #kinds: readonly SlotKind[];
	readonly #code: LayoutCode;

	/** @param start where the object begins that the slots are of, and `end` where it ends */
	constructor(matcher: LayoutMatcher, bytes: Buffer, start: number, end: number, slots: readonly Slot[]) {
		const places = [start, ...slots.map(({behind}) => behind)];
		const pieces = places.map((from, index) => Buffer.from(bytes.subarray(from, slots[index]?.from ?? end)));
		this.matcher = matcher;
		const codes = slots.map(slot => codeOf(bytes, slot));
		this.#kinds = codes.map(({kind}) => kind);
		this.#code = new LayoutCode(pieces, codes);
	}

	/** Whether an object that begins at a place of the matcher is of this layout. @returns where it ends, or `invalid` */
	match(place: number): number {
		return this.matcher.match(this.#code, place);
	}

	/** Whether all of a text is an object of this layout. */
	matchText(text: string): boolean {
		const bytes = Buffer.from(text);
		const place = this.matcher.hold(bytes, 0, bytes.length);
		return place !== invalid && this.match(place) === place + bytes.length;
	}

	/** The number of tokens in a slot as it is usually written: digits, without a zero before them. NaN for any other. */
	count(slot: number): number {
		const value = this.matcher.values[slot] as number;
		if (this.#kinds[slot] === 'time' || !(value < tooMany)) {
			return Number.NaN;
		}
		// What fits is made an integer: V8 keeps a number of another kind in an object of its own.
		return value < 2 ** 31 ? value | 0 : value;
	}

	/** The number in a slot; NaN where it must be read from its text. */
	number(slot: number): number {
		return this.#kinds[slot] === 'time' ? Number.NaN : (this.matcher.values[slot] as number);
	}

	/** The time in a slot, epoch milliseconds; NaN where it must be read from its text or number. */
	time(slot: number): number {
		return this.#kinds[slot] === 'time' ? (this.matcher.values[slot] as number) : Number.NaN;
	}
}

/** The same of a text (see `Layout.count`). */
export const countIn = (text: string): number => (/^(?:0|[1-9]\d{0,11})$/.test(text) ? Number(text) : Number.NaN);
