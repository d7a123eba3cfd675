import {addRequest, type Measure, type Measures, noMeasures} from '../../metrics/measures.js';
import {bucketOf} from './levels.js';
import type {Kept} from './request-table.js';
import type {Rollup} from './rollup-tables.js';

/** What is added to the sums of one bucket; measures may be negative. */
export type Delta = {
	readonly bucket: number;
	/** In the order of the rollup's keys. */
	readonly keys: readonly number[];
	readonly measures: Measures;
	/** Of the requests that were added. */
	first: number;
	last: number;
	/** Requests left, so that the bucket's first and last may be others. */
	isNarrowed: boolean;
};

/** Neutral for first and last; whole numbers, because columns hold them. */
export const [latest, earliest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

/** Gathers what many requests change in the narrowest buckets of a rollup, so that each is written once. */
export class Deltas {
	readonly #rollup: Rollup;
	readonly #deltas = new Map<string, Delta>();

	constructor(rollup: Rollup) {
		this.#rollup = rollup;
	}

	add(kept: Kept): void {
		const delta = this.#of(kept);
		const {time} = kept.request;
		addRequest(delta.measures, kept.request, kept.facts, 1);
		delta.first = Math.min(delta.first, time);
		delta.last = Math.max(delta.last, time);
	}

	/** @param stays it is added again at the same time, in the same thread and lane */
	remove(kept: Kept, stays: boolean): void {
		const delta = this.#of(kept);
		addRequest(delta.measures, kept.request, kept.facts, -1);
		delta.isNarrowed ||= !stays;
	}

	#of({request, lane, thread}: Kept): Delta {
		const {keys, widths} = this.#rollup;
		const bucket = bucketOf(request.time, widths[0] as number);
		const isOfThread = keys.length > 1;
		const key = isOfThread ? `${bucket} ${thread} ${lane}` : `${bucket} ${lane}`;
		let delta = this.#deltas.get(key);
		if (!delta) {
			delta = emptyDelta(bucket, isOfThread ? [thread, lane] : [lane]);
			this.#deltas.set(key, delta);
		}
		return delta;
	}

	/** Hands over what was gathered, width by width, narrowest first, and begins anew. */
	take(): readonly {readonly width: number; readonly deltas: readonly Delta[]}[] {
		let deltas = [...this.#deltas.values()];
		this.#deltas.clear();
		return this.#rollup.widths.map((width, index) => {
			deltas = index === 0 ? deltas : widened(deltas, width, this.#rollup.measures);
			return {width, deltas};
		});
	}
}

const emptyDelta = (bucket: number, keys: readonly number[]): Delta => ({
	bucket,
	keys,
	measures: noMeasures(),
	first: latest,
	last: earliest,
	isNarrowed: false,
});

const widened = (deltas: readonly Delta[], width: number, measures: readonly Measure[]): Delta[] => {
	const wide = new Map<string, Delta>();
	for (const delta of deltas) {
		const bucket = bucketOf(delta.bucket, width);
		const key = [bucket, ...delta.keys].join(' ');
		const sum = wide.get(key) ?? emptyDelta(bucket, delta.keys);
		wide.set(key, sum);
		for (const measure of measures) {
			sum.measures[measure] += delta.measures[measure];
		}
		sum.first = Math.min(sum.first, delta.first);
		sum.last = Math.max(sum.last, delta.last);
		sum.isNarrowed ||= delta.isNarrowed;
	}
	return [...wide.values()];
};
