import {type MeasureSums, measuresOf} from './measure-sums.js';
import type {Lane, Part} from './parts.js';

/** The sums of a key and lane. */
type Sum = {
	readonly sums: MeasureSums;
	/** Times of its first and last request, in epoch milliseconds. */
	firstTime: number;
	lastTime: number;
};

/** Sums by a key and lane, in the order of first occurrence of keys. Lanes are compared by identity. */
export class SumsBy<Key> {
	readonly #sums = new Map<Key, Map<Lane, Sum>>();
	readonly #none: () => MeasureSums;
	/** The last one, since consecutive requests are often added to the same sums. */
	#latest: {readonly key: Key; readonly lane: Lane; readonly sum: Sum} | undefined;

	/** @param none creates empty sums: of all measures, or of those of threads and logs */
	constructor(none: () => MeasureSums) {
		this.#none = none;
	}

	/** The sums of a key and lane, for adding to. Extends their period by the given times. */
	of(key: Key, lane: Lane, firstTime: number, lastTime: number): MeasureSums {
		if (!this.#latest || this.#latest.key !== key || this.#latest.lane !== lane) {
			this.#latest = {key, lane, sum: this.#find(key, lane, firstTime, lastTime)};
		}
		const {sum} = this.#latest;
		sum.firstTime = Math.min(sum.firstTime, firstTime);
		sum.lastTime = Math.max(sum.lastTime, lastTime);
		return sum.sums;
	}

	#find(key: Key, lane: Lane, firstTime: number, lastTime: number): Sum {
		let lanes = this.#sums.get(key);
		if (!lanes) {
			lanes = new Map();
			this.#sums.set(key, lanes);
		}
		let sum = lanes.get(lane);
		if (!sum) {
			sum = {sums: this.#none(), firstTime, lastTime};
			lanes.set(lane, sum);
		}
		return sum;
	}

	/** The sums of each key by lane. */
	get byKey(): ReadonlyMap<Key, ReadonlyMap<Lane, Sum>> {
		return this.#sums;
	}

	/** All sums, with measures by name; missing measures are 0. */
	parts(): readonly (Part & {readonly key: Key})[] {
		return [...this.#sums.keys()].flatMap(key => this.partsOf(key));
	}

	/** The sums of one key. */
	partsOf(key: Key): readonly (Part & {readonly key: Key})[] {
		return [...(this.#sums.get(key) ?? [])].map(([lane, {sums, ...times}]) => ({
			key,
			lane,
			measures: measuresOf(sums),
			...times,
		}));
	}
}
