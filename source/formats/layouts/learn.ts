import {isDeepStrictEqual} from 'node:util';
import type {LocalTime} from '../../time/stamp.js';
import {parseTime} from '../times/log-time.js';
import type {Counts} from '../usage/counts.js';
import {type Example, formOf, later, partsOf, standIn} from './example.js';
import type {Part} from './joined-text.js';
import {hasForm, isInterpreted, isStart, mayBeLine} from './known-names.js';
import type {Layout} from './layout.js';
import {
	type FoundCall,
	type LoggedCall,
	type Reader,
	Reading,
	type ReadingParts,
	type TextField,
	textFields,
} from './layout-reading.js';
import {NoCall} from './no-call.js';
import {countFields} from './slot-counts.js';
import type {TimeSlots} from './slot-times.js';
import type {Slot} from './slots.js';

/** Decodes the text of an object; undefined if objects of its kind should not be learned. */
export type Decode = (text: string) => FoundCall;

const withoutTexts = ({call}: LoggedCall) => ({...call, ...Object.fromEntries(textFields.map(name => [name, '']))});

const withoutCounts = (told: LoggedCall) => ({
	...told,
	call: {...told.call, counts: {...told.call.counts, ...noCounts(told.call.counts)}},
});
/** Which counts are reported. */
const noCounts = (counts: Counts) => Object.fromEntries(countFields.map(name => [name, typeof counts[name]]));

const withoutTimes = (told: LoggedCall) => ({...told, call: {...told.call, time: 0, stamp: '', start: 0}});

const second = 1000;
/** Smaller numbers and texts with years before 1970 are not read as times, so trials have to use a later one. */
const earliest = Date.UTC(2002, 0);

/** Learns by trial how lines of a layout are read: what changes in the call if a slot has another value. */
class Lesson {
	readonly #example: Example;
	readonly #decode: Decode;
	readonly #localTime: LocalTime;
	readonly #base: LoggedCall;
	readonly #equal = new Set<number>();
	/** Different values for all slots that may vary, for the last trial. */
	readonly #others = new Map<number, string>();

	constructor(example: Example, base: LoggedCall, decode: Decode, localTime: LocalTime) {
		this.#example = example;
		this.#decode = decode;
		this.#localTime = localTime;
		this.#base = base;
	}

	/**
	 * What was learned, and values with which decoding has to give the same result; undefined if nothing could be
	 * learned.
	 */
	parts(): {readonly parts: ReadingParts; readonly others: ReadonlyMap<number, string>} | undefined {
		const example = this.#example;
		this.#keepEqual();
		// Shows early whether trying the other slots is worthwhile.
		const texts = this.#texts();
		const counts = texts && this.#counts();
		const times = texts && this.#times();
		if (!counts || !times) {
			return undefined;
		}
		for (const slot of this.#free('unread')) {
			const text = example.slots[slot]?.quoted ? '\\"other\\"' : '"other"';
			this.#others.set(slot, example.values[slot]?.startsWith('[') ? '[]' : text);
		}
		const {call, carried, isRow} = this.#base;
		const base = countFields.map((name, field) => {
			const inSlots = counts.flatMap(({slot, to}) =>
				to.filter(part => part.field === field).map(({times}) => times * example.count(slot)),
			);
			return inSlots.reduce<number | undefined>((rest, part) => (rest ?? 0) - part, call.counts[name]);
		});
		const equal = [...this.#equal].map(slot => [slot, Buffer.from(example.values[slot] as string)] as const);
		return {parts: {call, carried, isRow, equal, counts, base, ...texts, ...times}, others: this.#others};
	}

	/**
	 * If one text carries the line of the call, others may carry lines as well; these, and texts that are not copied,
	 * must be equal.
	 */
	#keepEqual(): void {
		const {carried, isRow} = this.#base;
		for (const [slot, {name, quoted}] of this.#example.slots.entries()) {
			if ((carried && !quoted && mayBeLine(name)) || (isRow && isInterpreted(name))) {
				this.#equal.add(slot);
			}
		}
	}

	/** The slots with a use whose values may vary. */
	#free(use: Slot['use']): readonly number[] {
		return this.#example.of(use).filter(slot => !this.#equal.has(slot));
	}

	#try(slot: number, value: string): LoggedCall | undefined {
		return this.#tryAll(new Map([[slot, value]]));
	}

	#tryAll(changes: ReadonlyMap<number, string>): LoggedCall | undefined {
		const told = this.#decode(this.#example.with(changes));
		return told === 'none' ? undefined : told;
	}

	#counts(): ReadingParts['counts'] {
		const example = this.#example;
		return this.#free('counted').flatMap((slot): ReadingParts['counts'] => {
			const count = example.count(slot);
			if (Number.isNaN(count)) {
				this.#equal.add(slot);
				return [];
			}
			if (count === 0) {
				return [{slot, isZero: true, to: []}];
			}
			const more = this.#try(slot, String(count + 1));
			const before = this.#base.call.counts;
			if (!more || !isDeepStrictEqual(withoutCounts(more), withoutCounts(this.#base))) {
				this.#equal.add(slot);
				return [];
			}
			this.#others.set(slot, String(2 * count + 3));
			const to = countFields
				.map((name, field) => ({field, times: (more.call.counts[name] ?? 0) - (before[name] ?? 0)}))
				.filter(({times}) => times !== 0);
			return [{slot, isZero: false, to}];
		});
	}

	#texts(): Pick<ReadingParts, 'names' | 'digits' | 'texts' | 'words' | 'span' | 'parent'> | undefined {
		const {slots, values} = this.#example;
		const copied = [...this.#free('copied'), ...this.#free('worded')];
		const isNumber = (slot: number) => slots[slot]?.kind === 'number';
		const standIns = new Map(copied.map(slot => [slot, standIn(values[slot] as string, slot, isNumber(slot))]));
		const told = this.#tryAll(standIns);
		if (!told || !isDeepStrictEqual(withoutTexts(told), withoutTexts(this.#base))) {
			return undefined;
		}
		const texts: Partial<Record<TextField, readonly Part[]>> = {};
		for (const name of textFields) {
			const text = told.call[name];
			if (text !== undefined) {
				texts[name] = partsOf(text, standIns);
			}
		}
		const span = partsOf(told.span, standIns);
		const parent = partsOf(told.parent, standIns);
		const words = told.words.map(word => partsOf(word, standIns));
		const used = new Set([...Object.values(texts), ...words, span, parent].flat());
		const joined = (parts: readonly Part[]) =>
			parts.map(part => (typeof part === 'number' ? values[part] : part)).join('');
		const areCopies =
			textFields.every(name => texts[name] === undefined || joined(texts[name]) === this.#base.call[name]) &&
			words.every((word, index) => joined(word) === this.#base.words[index]);
		if (!areCopies) {
			return undefined;
		}
		for (const slot of copied) {
			this.#others.set(slot, standIn(values[slot] as string, slot + slots.length, isNumber(slot)));
		}
		return {
			texts,
			words,
			span,
			parent,
			names: copied
				.filter(slot => slots[slot]?.kind === 'text' && hasForm(slots[slot]?.name ?? ''))
				.map(slot => [slot, formOf(values[slot] as string)]),
			digits: copied.filter(slot => isNumber(slot) && used.has(slot)),
		};
	}

	/** Undefined if several slots have the same time. */
	#times(): TimeSlots | undefined {
		const {slots, values} = this.#example;
		const {time, stamp} = this.#base.call;
		if (time !== undefined && time < earliest) {
			return undefined;
		}
		const told: number[] = [];
		const began: number[] = [];
		const asNumber = new Set<number>();
		for (const slot of this.#free('timed')) {
			const {kind, name} = slots[slot] as Slot;
			const value = values[slot] as string;
			if (kind === 'number') {
				asNumber.add(slot);
			}
			const isTime = parseTime(kind === 'number' ? Number(value) : value, this.#localTime) !== undefined;
			const instant = (time ?? Date.UTC(2026, 0, 2)) - second;
			const nearby = kind === 'number' ? String(instant) : new Date(instant).toISOString();
			// Of a stamp, only the digits may vary.
			const others = [...(kind === 'stamp' ? [] : [nearby]), ...(isTime || kind === 'stamp' ? [later(value)] : [])];
			const effects = others.map(other => this.#timesWith(slot, other));
			if (effects.includes('other') || (!isTime && effects.some(effect => effect !== 'none'))) {
				this.#equal.add(slot);
				continue;
			}
			this.#others.set(slot, isTime ? later(value) : value);
			if (effects.includes('time')) {
				(isStart(name) ? began : told).push(slot);
			} else if (effects.includes('start')) {
				began.push(slot);
			}
		}
		const lasting = this.#free('lasting').filter(slot => {
			const effects = ['1', '2500'].map(other => this.#timesWith(slot, other));
			const isNumber = slots[slot]?.kind === 'number';
			const isKnown = isNumber || /^\d+$/.test(values[slot] as string);
			if (!isKnown || effects.includes('other') || effects.includes('time')) {
				this.#equal.add(slot);
				return false;
			}
			if (isNumber) {
				asNumber.add(slot);
			}
			this.#others.set(slot, isNumber ? '1234.5' : '1234');
			return effects.includes('start');
		});
		const isOne = [told, began, lasting].every(({length}) => length < 2);
		const asTime = stamp === String(time) && !values.includes(stamp);
		return isOne ? {told: told[0], began: began[0], duration: lasting[0], asNumber, asTime} : undefined;
	}

	/** The time that changes with another value in a slot; `other` if something else changes. */
	#timesWith(slot: number, value: string): 'none' | 'start' | 'time' | 'other' {
		const changed = this.#try(slot, value);
		const before = this.#base.call;
		if (!changed || !isDeepStrictEqual(withoutTimes(changed), withoutTimes(this.#base))) {
			return 'other';
		}
		const {call} = changed;
		return call.time !== before.time || call.stamp !== before.stamp
			? 'time'
			: call.start !== before.start
				? 'start'
				: 'none';
	}
}

/**
 * Learns how objects like an example are read from the positions of their values; undefined if they have to be decoded.
 */
export const learn = (layout: Layout, example: Example, decode: Decode, localTime: LocalTime): Reader | undefined => {
	const base = decode(example.with(new Map()));
	if (base === 'none') {
		return noCall(example);
	}
	// Several calls in one object are rare, and have their own order.
	const lesson = base && !base.call.steps && new Lesson(example, base, decode, localTime).parts();
	if (!lesson) {
		return undefined;
	}
	const reading = new Reading(lesson.parts, localTime);
	const isRight = [new Map<number, string>(), lesson.others].every(changes => {
		const text = example.with(changes);
		return layout.matchText(text) && isDeepStrictEqual(reading.read(layout), decode(text));
	});
	return isRight ? reading : undefined;
};

/** If an object reports no call, others with the same counts do not either. */
const noCall = (example: Example): Reader => {
	return new NoCall(example.of('counted').map(slot => [slot, Buffer.from(example.values[slot] as string)] as const));
};
