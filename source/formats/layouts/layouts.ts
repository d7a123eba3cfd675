import type {LayoutMatcher} from '../../scanner/layout-matcher.js';
import type {LocalTime} from '../../time/stamp.js';
import {invalid} from '../json/json-skip.js';
import {RecentMap} from '../state/recent-map.js';
import {Example} from './example.js';
import {keyOf, Layout} from './layout.js';
import type {FoundCall, Reader} from './layout-reading.js';
import {type Decode, learn} from './learn.js';
import {slotsIn} from './slots.js';

/** Maximum number of known layouts, and of readers for each: by level, provider, message. */
const mostLayouts = 32;
const mostReaders = 16;
/** Size of the table that remembers layouts seen once. */
const mostSeen = 64;
/** Maximum number of lines that are learned from, in addition to as many as could be read as a result. */
const mostNoted = 1000;
/**
 * Learning from a line takes as long as decoding it once for each slot, so one line per this many slots is decoded first.
 */
const slotsOfOne = 16;
/** Attempts in vain after which a layout is left to decoding. */
const mostVain = 4;
/** Maximum number of lines skipped after nothing could be learned. */
const longestPause = 31;

type Known = {
	readonly key: string;
	readonly layout: Layout;
	readers: readonly Reader[];
	/** The layout that followed this one last time: the first guess for the next object. */
	next: Known | undefined;
};

/**
 * Reads objects from the positions of their values without decoding them, because the lines of one writer differ in
 * only a few values. Learns how from objects that were decoded; whatever does not exactly match a known layout is left
 * to decoding.
 */
export class Layouts {
	readonly #matcher: LayoutMatcher;
	readonly #decode: Decode;
	readonly #localTime: LocalTime;
	#known: readonly Known[] = [];
	#last: Known | undefined;
	/** By layout, how many lines were seen since the last attempt to learn, and how many attempts were in vain. */
	readonly #seen = new RecentMap<{readonly lines: number; readonly vain: number}>(mostSeen);
	#noted = 0;
	/** Lines to skip before the next attempt to learn, and how many were skipped last time. */
	#pause = 0;
	#lastPause = 0;
	/** The end of the object that was read last. */
	#end = invalid;

	constructor(matcher: LayoutMatcher, decode: Decode, localTime: LocalTime) {
		this.#matcher = matcher;
		this.#decode = decode;
		this.#localTime = localTime;
	}

	/** The end of the object that was read last. */
	get end(): number {
		return this.#end;
	}

	/** What the object at a position of the matcher reports; undefined if it must be decoded. */
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

	/** Learns from an object that was decoded. */
	note(bytes: Buffer, start: number, end: number): void {
		if (this.#pause > 0) {
			this.#pause--;
			return;
		}
		const place = this.#matcher.hold(bytes, start, end);
		// The prefix of a line may be new although the line is not.
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
