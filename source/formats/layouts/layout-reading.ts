import {isDeepStrictEqual} from 'node:util';
import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import type {LocalTime} from '../../time/stamp.js';
import type {Call} from '../usage/call.js';
import type {SpanCall} from '../usage/telemetry.js';
import {areEqual, type EqualSlots} from './equal-slots.js';
import {JoinedText, type Part} from './joined-text.js';
import type {Layout} from './layout.js';
import {type CountSlot, SlotCounts} from './slot-counts.js';
import {formAt} from './slot-text.js';
import {SlotTimes, type TimeSlots} from './slot-times.js';

/** A call, and the words that distinguish its logger. */
export type LoggedCall = SpanCall & {
	readonly words: readonly string[];
	/**
	 * True if the call is in a line that the object carries; the context of the object, such as its time, then applies
	 * to the call.
	 */
	readonly carried: boolean;
	/** True for a row of LiteLLM, whose words say how it was routed. */
	readonly isRow: boolean;
};

/** The texts of a call that may be composed of values in slots. */
export const textFields = ['id', 'request', 'within', 'model', 'thread', 'project', 'agent', 'provider'] as const;
/** One of `textFields`. */
export type TextField = (typeof textFields)[number];

/** How lines of a layout are read if they agree in the values that readers compare with known words. */
export type ReadingParts = TimeSlots & {
	/** A call of such a line; what is in no slot is the same in all of them. */
	readonly call: Call;
	readonly equal: EqualSlots;
	readonly counts: readonly CountSlot[];
	/** By field, the part of the counts that is in no slot. */
	readonly base: readonly (number | undefined)[];
	/** Slots of names, and the form of each. */
	readonly names: readonly (readonly [slot: number, form: number])[];
	/** Slots of whole numbers that are used as text. */
	readonly digits: readonly number[];
	readonly texts: Readonly<Partial<Record<TextField, readonly Part[]>>>;
	readonly words: readonly (readonly Part[])[];
	readonly span: readonly Part[];
	readonly parent: readonly Part[];
	readonly carried: boolean;
	readonly isRow: boolean;
};

/** The call that an object reports, or `none`; undefined if it must be decoded. */
export type FoundCall = LoggedCall | 'none' | undefined;

/** Reads objects of one layout. */
export type Reader = {
	/** @param layout the one that matched last */
	read(layout: Layout): FoundCall;
};

/** The texts of a call that contain slots; undefined for those that are the same in every line. */
type Texts = Readonly<Partial<Record<TextField | 'span' | 'parent', JoinedText>>>;

const textsOf = ({texts, span, parent}: ReadingParts): Texts =>
	Object.fromEntries(
		Object.entries({...texts, span, parent})
			.map(([name, parts]) => [name, new JoinedText(parts)] as const)
			.filter(([, text]) => !text.isSame),
	);

/** Reads objects of a layout from the positions of their values. */
export class Reading implements Reader {
	readonly #parts: ReadingParts;
	readonly #counts: SlotCounts;
	readonly #times: SlotTimes;
	readonly #texts: Texts;
	readonly #span: string;
	readonly #parent: string;
	/** True for a call in a span that has no identity of its own and uses that of the span. */
	readonly #isBySpan: boolean;
	readonly #words: readonly JoinedText[];
	/** Slots of words, and the words of the previous line: those of one writer rarely change. */
	readonly #slotWords: readonly number[];
	#lastWords: readonly string[] = [];

	constructor(parts: ReadingParts, localTime: LocalTime) {
		this.#parts = parts;
		this.#counts = new SlotCounts(parts.counts, parts.base, parts.call.counts);
		this.#times = new SlotTimes(parts, parts.call, localTime);
		this.#texts = textsOf(parts);
		this.#span = parts.span.join('');
		this.#parent = parts.parent.join('');
		this.#isBySpan = parts.texts.id !== undefined && isDeepStrictEqual(parts.texts.id, parts.span);
		this.#words = parts.words.map(word => new JoinedText(word));
		this.#slotWords = this.#words.flatMap(({isSame}, index) => (isSame ? [] : [index]));
	}

	read(layout: Layout): LoggedCall | undefined {
		const {matcher} = layout;
		const {equal, call, carried, isRow} = this.#parts;
		const counts = areEqual(equal, matcher) ? this.#counts.read(layout) : undefined;
		const times = counts && this.#hasForms(layout) ? this.#times.read(layout) : undefined;
		// Whether the duration of a row is plausible can only be decided by decoding it.
		const isStartLost = isRow && call.start !== undefined && times?.start === undefined;
		if (!counts || !times || isStartLost) {
			return undefined;
		}
		const {id, request, within, model, thread, project, agent, provider, span, parent} = this.#texts;
		const itsSpan = span ? span.of(matcher) : this.#span;
		return {
			call: {
				counts,
				shape: call.shape,
				time: times.time,
				stamp: times.stamp,
				start: times.start,
				id: this.#isBySpan ? itsSpan : id ? id.of(matcher) : call.id,
				request: request ? request.of(matcher) : call.request,
				within: within ? within.of(matcher) : call.within,
				model: model ? model.of(matcher) : call.model,
				thread: thread ? thread.of(matcher) : call.thread,
				project: project ? project.of(matcher) : call.project,
				agent: agent ? agent.of(matcher) : call.agent,
				provider: provider ? provider.of(matcher) : call.provider,
				client: call.client,
				settings: call.settings,
				priceFactors: call.priceFactors,
				failed: call.failed,
				steps: undefined,
				summed: undefined,
			},
			span: itsSpan,
			parent: parent ? parent.of(matcher) : this.#parent,
			words: this.#sameWords(matcher),
			carried,
			isRow,
		};
	}

	#sameWords(matcher: LayoutMatcher): readonly string[] {
		const words = this.#words;
		let isSame = this.#lastWords.length === words.length;
		for (const index of isSame ? this.#slotWords : []) {
			isSame &&= (words[index] as JoinedText).of(matcher) === this.#lastWords[index];
		}
		if (!isSame) {
			this.#lastWords = words.map(word => word.of(matcher));
		}
		return this.#lastWords;
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
}
