import type {LocalTime} from '../../time/stamp.js';
import {callTimes} from '../roles/call-times.js';
import {parseTime} from '../times/log-time.js';
import type {Call} from '../usage/call.js';
import type {Counts} from '../usage/counts.js';
import type {SpanCall} from '../usage/telemetry.js';
import {countAt, type Layout} from './layout.js';
import {formAt, SlotText} from './slot-text.js';

/** A call, and the words that tell its logger from others. */
export type ToldBy = SpanCall & {readonly words: readonly string[]};

/** The texts of a call that may be put together of values in slots. */
export const textFields = ['id', 'request', 'within', 'model', 'thread', 'project', 'agent', 'provider'] as const;
export type TextField = (typeof textFields)[number];

/** A text, or the slot in which the text stands. */
export type Part = string | number;

export const countFields = ['input', 'read', 'write', 'writeOneHour', 'output', 'total'] as const;

/** How lines of one layout are read in which what readers compare with their words is the same. */
export type ReadingParts = {
	/** A call of such a line: what no slot holds stands in all of them. */
	readonly call: Call;
	/** Slots whose bytes are the same in every line. */
	readonly equal: readonly (readonly [slot: number, bytes: Uint8Array])[];
	/** Slots of counts, whether they are 0, and how often they are added to which. */
	readonly counts: readonly {
		readonly slot: number;
		readonly isZero: boolean;
		readonly to: readonly (readonly [field: number, times: number])[];
	}[];
	/** By field, what is in no slot of the counts. */
	readonly base: readonly (number | undefined)[];
	/** Slots of names, and which form these have. */
	readonly names: readonly (readonly [slot: number, form: number])[];
	/** Slots of whole numbers that are taken over as texts. */
	readonly digits: readonly number[];
	readonly texts: Readonly<Partial<Record<TextField, readonly Part[]>>>;
	readonly words: readonly (readonly Part[])[];
	readonly span: readonly Part[];
	readonly parent: readonly Part[];
	/** Slots of the times. */
	readonly told: number | undefined;
	readonly began: number | undefined;
	readonly duration: number | undefined;
	/** Those of `told`, `began` and `duration` that hold numbers, not text. */
	readonly asNumber: ReadonlySet<number>;
};

/** What an object tells: a call, none, or what only decoding can tell. */
export type Told = ToldBy | 'none' | undefined;

/** How objects of one layout are read. */
export type Reader = {
	/** @param layout that the bytes have matched last */
	read(bytes: Buffer, layout: Layout): Told;
};

/** Knows objects of a layout that tell no call. */
export class NoCall implements Reader {
	readonly #equal: ReadingParts['equal'];

	/** @param equal slots whose bytes are the same in every one */
	constructor(equal: ReadingParts['equal']) {
		this.#equal = equal;
	}

	read(bytes: Buffer, layout: Layout): Told {
		return areEqual(this.#equal, bytes, layout) ? 'none' : undefined;
	}
}

/** Reads objects of a layout by the places of their values. */
export class Reading implements Reader {
	readonly #parts: ReadingParts;
	readonly #texts: readonly SlotText[];
	readonly #localTime: LocalTime;
	/** By field; NaN where the lines do not tell it. */
	readonly #base: Float64Array;
	readonly #sums = new Float64Array(countFields.length);

	constructor(parts: ReadingParts, slots: number, localTime: LocalTime) {
		this.#parts = parts;
		this.#texts = Array.from({length: slots}, () => new SlotText());
		this.#localTime = localTime;
		this.#base = Float64Array.from(parts.base, count => count ?? Number.NaN);
	}

	read(bytes: Buffer, layout: Layout): ToldBy | undefined {
		const parts = this.#parts;
		const {from, behind} = layout;
		const counts = areEqual(parts.equal, bytes, layout) ? this.#counts(bytes, layout) : undefined;
		if (!counts || !this.#hasForms(bytes, layout)) {
			return undefined;
		}
		const text = (slot: number) =>
			(this.#texts[slot] as SlotText).of(bytes, from[slot] as number, behind[slot] as number);
		const times = this.#times(text);
		if (!times) {
			return undefined;
		}
		const {call, texts} = parts;
		const field = (name: TextField) => joined(texts[name], text) ?? call[name];
		return {
			call: {
				counts,
				shape: call.shape,
				time: times.time,
				stamp: times.stamp,
				start: times.start,
				id: field('id'),
				request: field('request'),
				within: field('within') as string,
				model: field('model'),
				thread: field('thread'),
				project: field('project'),
				agent: field('agent'),
				provider: field('provider'),
				client: call.client,
				settings: call.settings,
				priceFactors: call.priceFactors,
				failed: call.failed,
				steps: undefined,
			},
			span: joined(parts.span, text) ?? '',
			parent: joined(parts.parent, text) ?? '',
			words: parts.words.map(word => joined(word, text) as string),
		};
	}

	#counts(bytes: Buffer, {from, behind}: Layout): Counts | undefined {
		const {counts: slots, call} = this.#parts;
		const sums = this.#sums;
		sums.set(this.#base);
		for (const {slot, isZero, to} of slots) {
			const count = countAt(bytes, from[slot] as number, behind[slot] as number);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			for (const [field, times] of to) {
				sums[field] = (sums[field] as number) + times * count;
			}
		}
		const {contains, totalDecides, cacheUnknown, incomplete} = call.counts;
		return {
			input: told(sums[0]),
			read: told(sums[1]),
			write: told(sums[2]),
			writeOneHour: told(sums[3]),
			output: told(sums[4]),
			total: told(sums[5]),
			contains,
			totalDecides,
			cacheUnknown,
			incomplete,
		};
	}

	#hasForms(bytes: Buffer, {from, behind}: Layout): boolean {
		const {names, digits} = this.#parts;
		for (const [slot, form] of names) {
			if (formAt(bytes, from[slot] as number, behind[slot] as number) !== form) {
				return false;
			}
		}
		return digits.every(slot => !Number.isNaN(countAt(bytes, from[slot] as number, behind[slot] as number)));
	}

	#times(text: (slot: number) => string): Pick<Call, 'time' | 'stamp' | 'start'> | undefined {
		const {told, began, duration, call} = this.#parts;
		if (told === undefined && began === undefined && duration === undefined) {
			return call;
		}
		const toldAt = this.#time(told, text);
		const beganAt = this.#time(began, text);
		return toldAt && beganAt
			? callTimes(beganAt, toldAt, duration === undefined ? undefined : Number(text(duration)))
			: undefined;
	}

	/** Undefined where a slot holds no time. */
	#time(slot: number | undefined, text: (slot: number) => string) {
		if (slot === undefined) {
			return {time: undefined, stamp: ''};
		}
		const value = this.#parts.asNumber.has(slot) ? Number(text(slot)) : text(slot);
		const time = parseTime(value, this.#localTime);
		return time === undefined ? undefined : {time, stamp: String(value)};
	}
}

const told = (sum: number | undefined): number | undefined => (Number.isNaN(sum) ? undefined : sum);

const joined = (parts: readonly Part[] | undefined, text: (slot: number) => string): string | undefined => {
	if (parts === undefined) {
		return undefined;
	}
	let whole = '';
	for (const part of parts) {
		whole += typeof part === 'string' ? part : text(part);
	}
	return whole;
};

/** Whether some slots hold these bytes. */
const areEqual = (equal: ReadingParts['equal'], bytes: Uint8Array, {from, behind}: Layout): boolean => {
	for (const [slot, expected] of equal) {
		const start = from[slot] as number;
		if ((behind[slot] as number) - start !== expected.length) {
			return false;
		}
		for (let index = 0; index < expected.length; index++) {
			if (bytes[start + index] !== expected[index]) {
				return false;
			}
		}
	}
	return true;
};
