import {LayoutCode, type LayoutMatcher, type SlotCode, type SlotKind} from '../../scanner/layout-matcher.js';
import {invalid} from '../json/json-skip.js';
import type {Slot} from './slots.js';

/** Calls have fewer tokens than this. */
const tooMany = 1e12;

/** What the matcher determines about a slot's value. */
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

/** Identifies the layout of an object: the bytes between its slots, the kinds of these, and the form of stamps. */
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
 * What the lines of a writer have in common: everything but the values in slots. A line matches if it has the same
 * bytes between the slots, and each slot contains a value of its kind.
 */
export class Layout {
	/** Has the slots of the object that matched last, in any layout. */
	readonly matcher: LayoutMatcher;
	readonly #kinds: readonly SlotKind[];
	readonly #code: LayoutCode;

	/** @param start start of the object with the slots, and `end` its end */
	constructor(matcher: LayoutMatcher, bytes: Buffer, start: number, end: number, slots: readonly Slot[]) {
		const places = [start, ...slots.map(({behind}) => behind)];
		const pieces = places.map((from, index) => Buffer.from(bytes.subarray(from, slots[index]?.from ?? end)));
		this.matcher = matcher;
		const codes = slots.map(slot => codeOf(bytes, slot));
		this.#kinds = codes.map(({kind}) => kind);
		this.#code = new LayoutCode(pieces, codes);
	}

	/** Matches the object at a position of the matcher. @returns its end, or `invalid` */
	match(place: number): number {
		return this.matcher.match(this.#code, place);
	}

	/** True if a text is an object of this layout and nothing else. */
	matchText(text: string): boolean {
		const bytes = Buffer.from(text);
		const place = this.matcher.hold(bytes, 0, bytes.length);
		return place !== invalid && this.match(place) === place + bytes.length;
	}

	/** The number of tokens in a slot in its usual form: digits without a leading zero. NaN for any other form. */
	count(slot: number): number {
		const value = this.matcher.values[slot] as number;
		if (this.#kinds[slot] === 'time' || !(value < tooMany)) {
			return Number.NaN;
		}
		// Converted to an integer if it fits: V8 stores other numbers as objects.
		return value < 2 ** 31 ? value | 0 : value;
	}

	/** The number in a slot; NaN if it must be parsed from its text. */
	number(slot: number): number {
		return this.#kinds[slot] === 'time' ? Number.NaN : (this.matcher.values[slot] as number);
	}

	/** The time in a slot in epoch milliseconds; NaN if it must be parsed from its text or number. */
	time(slot: number): number {
		return this.#kinds[slot] === 'time' ? (this.matcher.values[slot] as number) : Number.NaN;
	}
}

/** Like `Layout.count`, for a text. */
export const countIn = (text: string): number => (/^(?:0|[1-9]\d{0,11})$/.test(text) ? Number(text) : Number.NaN);
