import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import type {LocalTime} from '../../time/stamp.js';
import {isAt} from '../json/member.js';
import {callTimes} from '../roles/call-times.js';
import {parseTime} from '../times/log-time.js';
import type {Call} from '../usage/call.js';
import type {Counts} from '../usage/counts.js';
import type {SpanCall} from '../usage/telemetry.js';
import type {Layout} from './layout.js';
import {formAt, SlotText} from './slot-text.js';

/** A call, and the words that tell its logger from others. */
export type ToldBy = SpanCall & {
	readonly words: readonly string[];
	/** It stands in a line that the object carries; what is said around that, be it the time, is told with the call. */
	readonly carried: boolean;
};

/** The texts of a call that may be put together of values in slots. */
export const textFields = ['id', 'request', 'within', 'model', 'thread', 'project', 'agent', 'provider'] as const;
/** One of `textFields`. */
export type TextField = (typeof textFields)[number];

/** A text, or the slot in which the text stands. */
export type Part = string | number;

/** The counts of a call that may be sums of numbers in slots. */
export const countFields = ['input', 'read', 'write', 'writeOneHour', 'output', 'total'] as const;

/** A slot of a count, whether that is 0, and how often it is added to which. */
type CountSlot = {
	readonly slot: number;
	readonly isZero: boolean;
	readonly to: readonly {readonly field: number; readonly times: number}[];
};

/** How lines of one layout are read in which what readers compare with their words is the same. */
export type ReadingParts = {
	/** A call of such a line: what no slot holds stands in all of them. */
	readonly call: Call;
	/** Slots whose bytes are the same in every line. */
	readonly equal: readonly (readonly [slot: number, bytes: Uint8Array])[];
	readonly counts: readonly CountSlot[];
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
	readonly carried: boolean;
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
	/** @param layout that was matched last */
	read(layout: Layout): Told;
};

/** Knows objects of a layout that tell no call. */
export class NoCall implements Reader {
	readonly #equal: ReadingParts['equal'];

	/** @param equal slots whose bytes are the same in every one */
	constructor(equal: ReadingParts['equal']) {
		this.#equal = equal;
	}

	read({matcher}: Layout): Told {
		return areEqual(this.#equal, matcher) ? 'none' : undefined;
	}
}

/** Reads objects of a layout by the places of their values. */
export class Reading implements Reader {
	readonly #parts: ReadingParts;
	readonly #texts: readonly SlotText[];
	readonly #localTime: LocalTime;
	/** By field; undefined where the lines do not tell it. */
	readonly #sums: (number | undefined)[] = countFields.map(() => undefined);
	/** Those of the line before: the words of one writer stay. */
	#words: readonly string[] = [];
	/** Which of the words stand in slots. */
	readonly #slotWords: readonly number[];

	constructor(parts: ReadingParts, slots: number, localTime: LocalTime) {
		this.#parts = parts;
		this.#texts = Array.from({length: slots}, () => new SlotText());
		this.#localTime = localTime;
		this.#slotWords = parts.words.flatMap((word, index) =>
			word.every(part => typeof part === 'string') ? [] : [index],
		);
	}

	read(layout: Layout): ToldBy | undefined {
		const {matcher} = layout;
		const {equal, call, texts, span, parent, carried} = this.#parts;
		const counts = areEqual(equal, matcher) ? this.#counts(layout) : undefined;
		const times = counts && this.#hasForms(layout) ? this.#times(layout) : undefined;
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
				id: this.#joined(matcher, texts.id, call.id),
				request: this.#joined(matcher, texts.request, call.request),
				within: this.#joined(matcher, texts.within, call.within) as string,
				model: this.#joined(matcher, texts.model, call.model),
				thread: this.#joined(matcher, texts.thread, call.thread),
				project: this.#joined(matcher, texts.project, call.project),
				agent: this.#joined(matcher, texts.agent, call.agent),
				provider: this.#joined(matcher, texts.provider, call.provider),
				client: call.client,
				settings: call.settings,
				priceFactors: call.priceFactors,
				failed: call.failed,
				steps: undefined,
			},
			span: this.#joined(matcher, span, '') as string,
			parent: this.#joined(matcher, parent, '') as string,
			words: this.#sameWords(matcher),
			carried,
		};
	}

	#text({bytes, from, behind}: LayoutMatcher, slot: number): string {
		return (this.#texts[slot] as SlotText).of(bytes, from[slot] as number, behind[slot] as number);
	}

	/** @param otherwise where it is put together of nothing */
	#joined(matcher: LayoutMatcher, parts: readonly Part[] | undefined, otherwise: string | undefined) {
		if (parts === undefined) {
			return otherwise;
		}
		let whole = '';
		for (const part of parts) {
			whole += typeof part === 'string' ? part : this.#text(matcher, part);
		}
		return whole;
	}

	#sameWords(matcher: LayoutMatcher): readonly string[] {
		const {words} = this.#parts;
		let isSame = this.#words.length === words.length;
		for (const index of isSame ? this.#slotWords : []) {
			isSame &&= this.#joined(matcher, words[index], '') === this.#words[index];
		}
		if (!isSame) {
			this.#words = words.map(parts => this.#joined(matcher, parts, '') as string);
		}
		return this.#words;
	}

	#counts(layout: Layout): Counts | undefined {
		const {counts: slots, base, call} = this.#parts;
		const sums = this.#sums;
		for (let field = 0; field < sums.length; field++) {
			sums[field] = base[field];
		}
		for (let index = 0; index < slots.length; index++) {
			const {slot, isZero, to} = slots[index] as CountSlot;
			const count = layout.count(slot);
			if (Number.isNaN(count) || (count === 0) !== isZero) {
				return undefined;
			}
			for (let part = 0; part < to.length; part++) {
				const {field, times} = to[part] as CountSlot['to'][number];
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

	#hasForms(layout: Layout): boolean {
		const {bytes, from, behind} = layout.matcher;
		const {names, digits} = this.#parts;
		for (const [slot, form] of names) {
			if (formAt(bytes, from[slot] as number, behind[slot] as number) !== form) {
				return false;
			}
		}
		for (const slot of digits) {
			if (Number.isNaN(layout.count(slot))) {
				return false;
			}
		}
		return true;
	}

	#times(layout: Layout): Pick<Call, 'time' | 'stamp' | 'start'> | undefined {
		const {told, began, duration, call} = this.#parts;
		if (told === undefined && began === undefined && duration === undefined) {
			return call;
		}
		const toldAt = this.#time(layout, told);
		if (began === undefined && duration === undefined) {
			return toldAt;
		}
		const beganAt = this.#time(layout, began);
		return toldAt && beganAt
			? callTimes(beganAt, toldAt, duration === undefined ? undefined : Number(this.#text(layout.matcher, duration)))
			: undefined;
	}

	/** Undefined where a slot holds no time. */
	#time(layout: Layout, slot: number | undefined) {
		if (slot === undefined) {
			return noTime;
		}
		if (this.#parts.asNumber.has(slot)) {
			const number = Number(this.#text(layout.matcher, slot));
			return timeAt(parseTime(number, this.#localTime), String(number));
		}
		const stamp = this.#text(layout.matcher, slot);
		const time = layout.time(slot);
		if (!Number.isNaN(time)) {
			return timeAt(time, stamp);
		}
		const number = layout.number(slot);
		return timeAt(parseTime(Number.isNaN(number) ? stamp : number, this.#localTime), stamp);
	}
}

const noTime = {time: undefined, stamp: '', start: undefined} as const;

const timeAt = (time: number | undefined, stamp: string) =>
	time === undefined ? undefined : {time, stamp, start: undefined};

/** Whether some slots hold these bytes. */
const areEqual = (equal: ReadingParts['equal'], {bytes, from, behind}: LayoutMatcher): boolean => {
	for (const [slot, expected] of equal) {
		const start = from[slot] as number;
		if ((behind[slot] as number) - start !== expected.length || !isAt(bytes, start, expected)) {
			return false;
		}
	}
	return true;
};
