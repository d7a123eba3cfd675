import {addFacts, addRequest} from '../../../metrics/add-request.js';
import type {Facts} from '../../../metrics/breaks/facts.js';
import {addSums, type MeasureSums, noSums, noThreadSums} from '../../../metrics/measure-sums.js';
import {allMeasures, type Measure} from '../../../metrics/measures.js';
import type {Kept} from '../tables/request-table.js';
import type {Dimension, Rollup} from '../tables/rollup-tables.js';
import {bucketOf} from './levels.js';

/** What is added to the sums of one bucket; measures may be negative. */
export type Delta = {
	readonly bucket: number;
	/** In the order of the rollup's keys. */
	readonly keys: readonly number[];
	/** Those of the rollup. */
	readonly measures: MeasureSums;
	/** Of the requests that were added. */
	first: number;
	last: number;
	/** Requests left, so that the bucket's first and last may be others. */
	isNarrowed: boolean;
};

/** Which sums a request counts in. */
export type SumsPlace = {readonly time: number} & Readonly<Record<Dimension, number>>;

const placeOf = ({request: {time}, lane, thread, log}: Kept): SumsPlace => ({time, lane, thread, log});

/** Neutral for first and last; whole numbers, because columns hold them. */
export const [latest, earliest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

/** Gathers what many requests change in the narrowest buckets of a rollup, so that each is written once. */
export class Deltas {
	readonly #rollup: Rollup;
	#deltas: DeltaMap;

	constructor(rollup: Rollup) {
		this.#rollup = rollup;
		this.#deltas = new DeltaMap(rollup.measures);
	}

	add(kept: Kept): void {
		const delta = this.#of(placeOf(kept));
		const {time} = kept.request;
		addRequest(delta.measures, kept.request, kept.facts);
		delta.first = Math.min(delta.first, time);
		delta.last = Math.max(delta.last, time);
	}

	/** @param stays it is added again at the same time, in the same thread, lane and log */
	remove(kept: Kept, stays: boolean): void {
		const delta = this.#of(placeOf(kept));
		addRequest(delta.measures, kept.request, kept.facts, -1);
		delta.isNarrowed ||= !stays;
	}

	replaceFacts(place: SumsPlace, before: Facts, after: Facts): void {
		const {measures} = this.#of(place);
		addFacts(measures, before, -1);
		addFacts(measures, after, 1);
	}

	#of(place: SumsPlace): Delta {
		const {keys, widths} = this.#rollup;
		return this.#deltas.of(
			bucketOf(place.time, widths[0] as number),
			keys.map(key => place[key]),
		);
	}

	/** Hands over what was gathered, width by width, narrowest first, and begins anew. */
	take(): readonly {readonly width: number; readonly deltas: readonly Delta[]}[] {
		let {all} = this.#deltas;
		this.#deltas = new DeltaMap(this.#rollup.measures);
		return this.#rollup.widths.map((width, index) => {
			all = index === 0 ? all : widened(all, width, this.#rollup.measures);
			return {width, deltas: all};
		});
	}
}

/** More than there can be: the numbers of a lane and a log make one that is exact. */
const mostLogs = 2 ** 28;

/** Deltas by bucket and keys: maps of numbers, because texts made of them take longer than all else. */
class DeltaMap {
	readonly all: Delta[] = [];
	readonly #buckets = new Map<number, Map<number, Map<number, Delta>>>();
	readonly #none: () => MeasureSums;

	constructor(measures: readonly Measure[]) {
		this.#none = measures === allMeasures ? noSums : noThreadSums;
	}

	of(bucket: number, keys: readonly number[]): Delta {
		const [key = 0, second = 0, third = 0] = keys;
		const other = second * mostLogs + third;
		let ofBucket = this.#buckets.get(bucket);
		if (!ofBucket) {
			ofBucket = new Map();
			this.#buckets.set(bucket, ofBucket);
		}
		let ofKey = ofBucket.get(key);
		if (!ofKey) {
			ofKey = new Map();
			ofBucket.set(key, ofKey);
		}
		let delta = ofKey.get(other);
		if (!delta) {
			delta = {bucket, keys, measures: this.#none(), first: latest, last: earliest, isNarrowed: false};
			ofKey.set(other, delta);
			this.all.push(delta);
		}
		return delta;
	}
}

const widened = (deltas: readonly Delta[], width: number, measures: readonly Measure[]): Delta[] => {
	const wide = new DeltaMap(measures);
	for (const delta of deltas) {
		const sum = wide.of(bucketOf(delta.bucket, width), delta.keys);
		addSums(sum.measures, delta.measures);
		sum.first = Math.min(sum.first, delta.first);
		sum.last = Math.max(sum.last, delta.last);
		sum.isNarrowed ||= delta.isNarrowed;
	}
	return wide.all;
};
