import type {Part} from './joined-text.js';
import {countIn} from './layout.js';
import {formAt} from './slot-text.js';
import type {Slot} from './slots.js';

/** An example: a line, and the values of its slots. */
export class Example {
	readonly slots: readonly Slot[];
	readonly values: readonly string[];
	readonly #pieces: readonly string[];

	constructor(bytes: Buffer, start: number, end: number, slots: readonly Slot[]) {
		const between = [start, ...slots.map(({behind}) => behind)];
		this.slots = slots;
		this.values = slots.map(({from, behind}) => bytes.toString('utf8', from, behind));
		this.#pieces = between.map((from, index) => bytes.toString('utf8', from, slots[index]?.from ?? end));
	}

	/** The line with other values in some slots. */
	with(changes: ReadonlyMap<number, string>): string {
		return this.#pieces
			.map((piece, index) => piece + (index < this.values.length ? (changes.get(index) ?? this.values[index]) : ''))
			.join('');
	}

	/** The slots with a use. */
	of(use: Slot['use']): readonly number[] {
		return this.slots.flatMap((slot, index) => (slot.use === use ? [index] : []));
	}

	count(index: number): number {
		return countIn(this.values[index] as string);
	}
}

/** A name that occurs nowhere else, of the same form as the one that it replaces. */
export const standIn = (value: string, index: number, isNumber: boolean): string => {
	const number = String(70_000_000_000 + index * 1_000_003);
	if (isNumber || /^\d{1,12}$/.test(value)) {
		return number;
	}
	if (/^[0-9a-f]+$/.test(value)) {
		return `ab${number}`;
	}
	const beginning = /^(?:(?:batch_)?req|msg|chatcmpl|cmpl|resp|gen)[_-]|^0x/.exec(value)?.[0] ?? '';
	return `${beginning}q${number}${/[A-Z]/.test(value) ? 'Q' : 'q'}`;
};

/** A number that is equal for names of the same form (see `formAt`). */
export const formOf = (name: string): number => {
	const bytes = Buffer.from(name);
	return formAt(bytes, 0, bytes.length);
};

/** Splits a text into slots, represented by their stand-ins, and constant text. */
export const partsOf = (text: string, standIns: ReadonlyMap<number, string>): readonly Part[] => {
	let parts: readonly Part[] = [text];
	for (const [slot, name] of standIns) {
		parts = parts.flatMap(part =>
			typeof part === 'string'
				? part.split(name).flatMap((piece, index): Part[] => (index === 0 ? [piece] : [slot, piece]))
				: [part],
		);
	}
	return parts.filter(part => part !== '');
};

/** Another time in the same notation, slightly later or earlier. */
export const later = (value: string): string => {
	for (let at = value.length - 1; at >= 0; at--) {
		if (/[1-8]/.test(value[at] as string)) {
			return `${value.slice(0, at)}${Number(value[at]) + 1}${value.slice(at + 1)}`;
		}
	}
	return value;
};
