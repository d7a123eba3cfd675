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
/** One of `textFields`. */
export type TextField = (typeof textFields)[number];

/** A text, or the slot in which the text stands. */
export type Part = string | number;

/** The counts of a call that may be sums of numbers in slots. */
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
	/** By field; undefined where the lines do not tell it. */
	readonly #sums: (number | undefined)[] = countFields.map(() => undefined);
	/** The line that is being read. */
	#bytes: Buffer = Buffer.alloc(0);
	#from: Int32Array = new Int32Array();
	#behind: Int32Array = new Int32Array();

	constructor(parts: ReadingParts, slots: number, localTime: LocalTime) {
		this.#parts = parts;
		this.#texts = Array.from({length: slots}, () => new SlotText());
		this.#localTime = localTime;
	}

	read(bytes: Buffer, layout: Layout): ToldBy | undefined {
		const {equal, call, texts, span, parent, words} = this.#parts;
		this.#bytes = bytes;
		this.#from = layout.from;
		this.#behind = layout.behind;
		const counts = areEqual(equal, bytes, layout) ? this.#counts() : undefined;
		const times = counts && this.#hasForms() ? this.#times() : undefined;
		if (!counts || !times) {
			return undefined;
		}
		return {
			call: {
				counts,
				shape: call.shape,
				time: times.time,
				stamp: times.stamp,
				start: times.start,
				id: this.#joined(texts.id) ?? call.id,
				request: this.#joined(texts.request) ?? call.request,
				within: this.#joined(texts.within) ?? call.within,
				model: this.#joined(texts.model) ?? call.model,
				thread: this.#joined(texts.thread) ?? call.thread,
				project: this.#joined(texts.project) ?? call.project,
				agent: this.#joined(texts.agent) ?? call.agent,
				provider: this.#joined(texts.provider) ?? call.provider,
				client: call.client,
				settings: call.settings,
				priceFactors: call.priceFactors,
				failed: call.failed,
				steps: undefined,
			},
			span: this.#joined(span) ?? '',
			parent: this.#joined(parent) ?? '',
			words: words.map(this.#word),
		};
	}

	#text(slot: number): string {
		return (this.#texts[slot] as SlotText).of(this.#bytes, this.#from[slot] as number, this.#behind[slot] as number);
	}

	#count(slot: number): number {
		return countAt(this.#bytes, this.#from[slot] as number, this.#behind[slot] as number);
	}

	#joined(parts: readonly Part[] | undefined): string | undefined {
		if (parts === undefined) {
			return undefined;
		}
		let whole = '';
		for (const part of parts) {
			whole += typeof part === 'string' ? part : this.#text(part);
		}
		return whole;
	}

	readonly #word = (parts: readonly Part[]): string => this.#joined(parts) as string;

	#counts(): Counts | undefined {
		const {counts: slots, base, call} = this.#parts;
		const sums = this.#sums;
		for (let field = 0; field < sums.length; field++) {
			sums[field] = base[field];
		}
		for (const {slot, isZero, to} of slots) {
			const count = this.#count(slot);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			for (const [field, times] of to) {
				const before = sums[field];
				sums[field] = before === undefined ? undefined : before + times * count;
			}
		}
		const {contains, totalDecides, cacheUnknown, incomplete} = call.counts;
		return {
			input: sums[0],
			read: sums[1],
			write: sums[2],
			writeOneHour: sums[3],
			output: sums[4],
			total: sums[5],
			contains,
			totalDecides,
			cacheUnknown,
			incomplete,
		};
	}

	#hasForms(): boolean {
		const {names, digits} = this.#parts;
		for (const [slot, form] of names) {
			if (formAt(this.#bytes, this.#from[slot] as number, this.#behind[slot] as number) !== form) {
				return false;
			}
		}
		for (const slot of digits) {
			if (Number.isNaN(this.#count(slot))) {
				return false;
			}
		}
		return true;
	}

	#times(): Pick<Call, 'time' | 'stamp' | 'start'> | undefined {
		const {told, began, duration, call} = this.#parts;
		if (told === undefined && began === undefined && duration === undefined) {
			return call;
		}
		const toldAt = this.#time(told);
		const beganAt = this.#time(began);
		return toldAt && beganAt
			? callTimes(beganAt, toldAt, duration === undefined ? undefined : Number(this.#text(duration)))
			: undefined;
	}

	/** Undefined where a slot holds no time. */
	#time(slot: number | undefined) {
		if (slot === undefined) {
			return noTime;
		}
		const value = this.#parts.asNumber.has(slot) ? Number(this.#text(slot)) : this.#text(slot);
		const time = parseTime(value, this.#localTime);
		return time === undefined ? undefined : {time, stamp: String(value)};
	}
}

const noTime = {time: undefined, stamp: ''} as const;

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
