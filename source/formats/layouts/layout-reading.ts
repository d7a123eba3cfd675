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

/** A call, and the words that tell its logger from others. */
export type LoggedCall = SpanCall & {
	readonly words: readonly string[];
	/** It stands in a line that the object carries; what is said around that, be it the time, is told with the call. */
	readonly carried: boolean;
	/** It is a row of LiteLLM's, of which the words tell how it was routed. */
	readonly isRow: boolean;
};

/** The texts of a call that may be put together of values in slots. */
export const textFields = ['id', 'request', 'within', 'model', 'thread', 'project', 'agent', 'provider'] as const;
/** One of `textFields`. */
export type TextField = (typeof textFields)[number];

/** How lines of one layout are read in which what readers compare with their words is the same. */
export type ReadingParts = TimeSlots & {
	/** A call of such a line: what no slot holds stands in all of them. */
	readonly call: Call;
	readonly equal: EqualSlots;
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
	readonly isRow: boolean;
};

/** What an object tells: a call, none, or what only decoding can tell. */
export type FoundCall = LoggedCall | 'none' | undefined;

/** How objects of one layout are read. */
export type Reader = {
	/** @param layout that was matched last */
	read(layout: Layout): FoundCall;
};

/** What of a call stands in slots, as texts; undefined for what is the same in every line. */
type Texts = Readonly<Partial<Record<TextField | 'span' | 'parent', JoinedText>>>;

const textsOf = ({texts, span, parent}: ReadingParts): Texts =>
	Object.fromEntries(
		Object.entries({...texts, span, parent})
			.map(([name, parts]) => [name, new JoinedText(parts)] as const)
			.filter(([, text]) => !text.isSame),
	);

/** Reads objects of a layout by the places of their values. */
export class Reading implements Reader {
	readonly #parts: ReadingParts;
	readonly #counts: SlotCounts;
	readonly #times: SlotTimes;
	readonly #texts: Texts;
	readonly #span: string;
	readonly #parent: string;
	/** A span without an identity of its own is told by that of the span. */
	readonly #isBySpan: boolean;
	readonly #words: readonly JoinedText[];
	/** Which of the words stand in slots, and those of the line before: the words of one writer stay. */
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
		// How long the call of a row may have lasted is not for its reader to say.
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
