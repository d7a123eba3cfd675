import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import type {LocalTime} from '../../time/stamp.js';
import {invalid} from '../json/json-skip.js';
import {RecentMap} from '../state/recent-map.js';
import {Example} from './example.js';
import {keyOf, Layout} from './layout.js';
import type {FoundCall, Reader} from './layout-reading.js';
import {type Decode, learn} from './learn.js';
import {slotsIn} from './slots.js';

/** Layouts that are known at a time, and ways to read each: by level, provider, message. */
const mostLayouts = 32;
const mostReaders = 16;
/** Size of the table that remembers layouts seen once. */
const mostSeen = 64;
/** Lines that are learned from at most, beyond as many as were read by what was learned. */
const mostNoted = 1000;
/**
 * To learn from a line takes as long as to decode it for each of its slots: of those with many slots so many more are
 * decoded first, and a layout of which nothing can be learned is not tried again and again.
 */
const slotsOfOne = 16;
const mostVain = 4;
/** Lines that are passed over at most, where nothing was to be learned from those before. */
const longestPause = 31;

type Known = {
	readonly key: string;
	readonly layout: Layout;
	readers: readonly Reader[];
	/** The layout that followed it last time: the first guess for the next object. */
	next: Known | undefined;
};

/**
 * Reads objects by the places of their values, without decoding them: the lines of one writer differ in a few values
 * only. How lines of a layout are read is learned when decoding has read some; whatever is not exactly of a layout, or
 * has a value of another kind, is left to decoding.
 */
export class Layouts {
	readonly #matcher: LayoutMatcher;
	readonly #decode: Decode;
	readonly #localTime: LocalTime;
	#known: readonly Known[] = [];
	#last: Known | undefined;
	/** By layout, how many lines of it were met since it was tried to learn from one, and how often that was in vain. */
	readonly #seen = new RecentMap<{readonly lines: number; readonly vain: number}>(mostSeen);
	#noted = 0;
	/** Lines to pass over before the next one is learned from, and how many those were the last time. */
	#pause = 0;
	#lastPause = 0;
	/** Behind the object that was read last. */
	#end = invalid;

	constructor(matcher: LayoutMatcher, decode: Decode, localTime: LocalTime) {
		this.#matcher = matcher;
		this.#decode = decode;
		this.#localTime = localTime;
	}

	/** Behind the object that was read last. */
	get end(): number {
		return this.#end;
	}

	/** What an object tells that begins at a place of the matcher; undefined where decoding must decide. */
	read(place: number): FoundCall {
		const expected = this.#last?.next;
		const known = expected && this.#matches(expected, place) ? expected : this.#find(place, expected);
		if (!known) {
			return undefined;
		}
		for (const reader of known.readers) {
			const told = reader.read(known.layout);
			if (told) {
				if (this.#last) {
					this.#last.next = known;
				}
				this.#last = known;
				this.#noted = Math.max(0, this.#noted - 1);
				return told;
			}
		}
		return undefined;
	}

	#find(place: number, except: Known | undefined): Known | undefined {
		for (const known of this.#known) {
			if (known !== except && this.#matches(known, place)) {
				return known;
			}
		}
		return undefined;
	}

	#matches({layout}: Known, place: number): boolean {
		this.#end = layout.match(place);
		return this.#end !== invalid;
	}

	/** Learns from an object that decoding has read. */
	note(bytes: Buffer, start: number, end: number): void {
		if (this.#pause > 0) {
			this.#pause--;
			return;
		}
		const place = this.#matcher.hold(bytes, start, end);
		// What was put before a line may be new where the line is not.
		const isKnown = place !== invalid && this.read(place) !== undefined && this.#end === place + end - start;
		const slots = isKnown || this.#noted > mostNoted ? undefined : slotsIn(bytes, start, end);
		this.#noted++;
		if (!slots) {
			return;
		}
		const key = keyOf(bytes, start, end, slots);
		const {lines, vain} = this.#seen.get(key) ?? {lines: 0, vain: 0};
		if (vain >= mostVain) {
			this.#lastPause = Math.min(2 * this.#lastPause + 1, longestPause);
			this.#pause = this.#lastPause;
		}
		if (lines === 0 || lines * slotsOfOne < slots.length || vain >= mostVain) {
			this.#seen.set(key, {lines: lines + 1, vain});
			return;
		}
		const layout = new Layout(this.#matcher, bytes, start, end, slots);
		const reader = learn(layout, new Example(bytes, start, end, slots), this.#decode, this.#localTime);
		this.#seen.set(key, {lines: 1, vain: reader ? 0 : vain + 1});
		if (reader) {
			this.#lastPause = 0;
			const known = this.#known.find(({key: other}) => other === key) ?? {
				key,
				layout,
				readers: [],
				next: undefined,
			};
			known.readers = [reader, ...known.readers].slice(0, mostReaders);
			this.#known = [known, ...this.#known.filter(other => other !== known)].slice(0, mostLayouts);
		}
	}
}
