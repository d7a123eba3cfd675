import type {LocalTime} from '../../time/stamp.js';
import {callTimes} from '../roles/call-times.js';
import {parseTime} from '../times/log-time.js';
import type {Call} from '../usage/call.js';
import type {Counts} from '../usage/counts.js';
import type {SpanCall} from '../usage/telemetry.js';
import {countAt, type Layout} from './layout.js';
import {SlotText} from './slot-text.js';

/** A call, and the words that tell its logger from others. */
export type ToldBy = SpanCall & {readonly words: readonly string[]};

/** The texts of a call that may be put together of values in slots. */
export const textFields = ['id', 'request', 'within', 'model', 'thread', 'project', 'agent', 'provider'] as const;
export type TextField = (typeof textFields)[number];

/** A text, or the slot in which the text stands. */
export type Part = string | number;

export const countFields = ['input', 'read', 'write', 'writeOneHour', 'output', 'total'] as const;
export type CountField = (typeof countFields)[number];

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
		readonly to: readonly (readonly [CountField, times: number])[];
	}[];
	/** What is in no slot of the counts. */
	readonly base: Readonly<Record<CountField, number | undefined>>;
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
	/** Slots of numbers, of the three. */
	readonly asNumber: ReadonlySet<number>;
};

/** Reads lines of a layout by the places of their values. */
export class Reading {
	readonly #parts: ReadingParts;
	readonly #texts: readonly SlotText[];
	readonly #localTime: LocalTime;

	constructor(parts: ReadingParts, slots: number, localTime: LocalTime) {
		this.#parts = parts;
		this.#texts = Array.from({length: slots}, () => new SlotText());
		this.#localTime = localTime;
	}

	/** @param layout that the bytes have matched last @returns undefined where decoding must decide */
	read(bytes: Buffer, layout: Layout): ToldBy | undefined {
		const parts = this.#parts;
		const {from, behind} = layout;
		for (const [slot, expected] of parts.equal) {
			if (!isSame(bytes, from[slot] as number, behind[slot] as number, expected)) {
				return undefined;
			}
		}
		const counts = this.#counts(bytes, layout);
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
			},
			span: joined(parts.span, text) ?? '',
			parent: joined(parts.parent, text) ?? '',
			words: parts.words.map(word => joined(word, text) as string),
		};
	}

	#counts(bytes: Buffer, {from, behind}: Layout): Counts | undefined {
		const {counts: slots, base, call} = this.#parts;
		const found = {...base};
		for (const {slot, isZero, to} of slots) {
			const count = countAt(bytes, from[slot] as number, behind[slot] as number);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			for (const [name, times] of to) {
				found[name] = (found[name] as number) + times * count;
			}
		}
		const {contains, totalDecides, cacheUnknown, incomplete} = call.counts;
		const {input, read, write, writeOneHour, output, total} = found;
		return {input, read, write, writeOneHour, output, total, contains, totalDecides, cacheUnknown, incomplete};
	}

	#hasForms(bytes: Buffer, {from, behind}: Layout): boolean {
		const {names, digits} = this.#parts;
		for (const [slot, form] of names) {
			if ((this.#texts[slot] as SlotText).formOf(bytes, from[slot] as number, behind[slot] as number) !== form) {
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

const isSame = (bytes: Uint8Array, from: number, behind: number, expected: Uint8Array): boolean => {
	if (behind - from !== expected.length) {
		return false;
	}
	for (let index = 0; index < expected.length; index++) {
		if (bytes[from + index] !== expected[index]) {
			return false;
		}
	}
	return true;
};
