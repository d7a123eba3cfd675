import type {LocalTime} from '../../time/stamp.js';
import {RecentMap} from '../state/recent-map.js';
import {Layout} from './layout.js';
import {type Decode, learn} from './learn.js';
import type {Reading, ToldBy} from './reading.js';
import {slotsIn} from './slots.js';

/** Layouts that are known at a time, and ways to read each: by level, provider, message. */
const mostLayouts = 16;
const mostReadings = 16;
/** Layouts that were seen once are remembered in so many. */
const mostSeen = 64;
/** So many lines are learned from beyond those that were read by what was learned. */
const mostNoted = 1000;

type Known = {readonly key: string; readonly layout: Layout; readings: readonly Reading[]};

/**
 * Reads objects by the places of their values, without decoding them: the lines of one writer differ in a few values
 * only. How lines of a layout are read is learned when decoding has read some; whatever is not exactly of a layout, or
 * has a value of another kind, is left to decoding.
 */
export class Layouts {
	readonly #decode: Decode;
	readonly #localTime: LocalTime;
	/** The one that matched last comes first. */
	#known: readonly Known[] = [];
	readonly #seen = new RecentMap<true>(mostSeen);
	#noted = 0;

	constructor(decode: Decode, localTime: LocalTime) {
		this.#decode = decode;
		this.#localTime = localTime;
	}

	/** What an object tells that stands between two places; undefined where decoding must decide. */
	read(bytes: Buffer, start: number, end: number): ToldBy | undefined {
		const known = this.#known;
		for (let index = 0; index < known.length; index++) {
			const {layout, readings} = known[index] as Known;
			if (layout.match(bytes, start) !== end) {
				continue;
			}
			for (let at = 0; at < readings.length; at++) {
				const told = (readings[at] as Reading).read(bytes, layout);
				if (told) {
					this.#noted = Math.max(0, this.#noted - 1);
					return told;
				}
			}
			return undefined;
		}
		return undefined;
	}

	/** Learns from an object that decoding has read. */
	note(bytes: Buffer, start: number, end: number): void {
		const slots = this.#noted > mostNoted ? undefined : slotsIn(bytes, start, end);
		this.#noted++;
		if (!slots) {
			return;
		}
		const layout = new Layout(bytes, start, end, slots);
		const {key} = layout;
		const isNew = this.#seen.get(key) === undefined;
		this.#seen.set(key, true);
		const reading = isNew ? undefined : learn(bytes, start, end, slots, this.#decode, this.#localTime);
		if (reading) {
			const known = this.#known.find(({key: other}) => other === key) ?? {key, layout, readings: []};
			known.readings = [reading, ...known.readings].slice(0, mostReadings);
			this.#known = [known, ...this.#known.filter(other => other !== known)].slice(0, mostLayouts);
		}
	}
}
