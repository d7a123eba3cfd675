import type {Facts} from '../../../metrics/breaks/facts.js';
import {addFacts, addRequest} from '../../../metrics/sums/add-request.js';
import {addSums, type MeasureSums, noSums, noThreadSums} from '../../../metrics/sums/measure-sums.js';
import {allMeasures} from '../../../metrics/sums/measures.js';
import type {Kept} from '../tables/kept-rows.js';
import type {Dimension, Rollup} from '../tables/rollup-tables.js';
import {bucketOf, minute} from './levels.js';

/** Changes to the sums of one bucket; measures may be negative. */
export type Delta = {
	readonly bucket: number;
	/** In the order of the rollup's keys. */
	readonly keys: readonly number[];
	/** The rollup's measures. */
	readonly measures: MeasureSums;
	/** Time of the first added request. */
	first: number;
	last: number;
	/** True if requests were removed, so that the first and last time of the bucket may have changed. */
	isNarrowed: boolean;
};

/** The sums that a request counts in. */
export type SumsPlace = {readonly time: number} & Readonly<Record<Dimension, number>>;

/** Neutral values for the first and last time; whole numbers, because they are stored in integer columns. */
export const [latest, earliest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

/** Collects the changes by many requests to the narrowest buckets of a rollup, so that each is written once. */
export class Deltas {
	readonly #rollup: Rollup;
	#deltas: DeltaMap;

	constructor(rollup: Rollup) {
		this.#rollup = rollup;
		this.#deltas = new DeltaMap(rollup);
	}

	add(kept: Kept): void {
		const delta = this.#of(kept.request.time, kept);
		const {time} = kept.request;
		addRequest(delta.measures, kept.request, kept.facts);
		delta.first = Math.min(delta.first, time);
		delta.last = Math.max(delta.last, time);
	}

	/** @param stays true if the request is added again with the same time, thread, lane and log */
	remove(kept: Kept, stays: boolean): void {
		const delta = this.#of(kept.request.time, kept);
		addRequest(delta.measures, kept.request, kept.facts, -1);
		delta.isNarrowed ||= !stays;
	}

	replaceFacts(place: SumsPlace, before: Facts, after: Facts): void {
		const {measures} = this.#of(place.time, place);
		addFacts(measures, before, -1);
		addFacts(measures, after, 1);
	}

	/** @param numbers of what a request belongs to */
	#of(time: number, numbers: Readonly<Record<Dimension, number>>): Delta {
		const {
			keys: [first, second, third],
			widths: [width],
		} = this.#rollup;
		return this.#deltas.of(
			bucketOf(time, width as number),
			first ? numbers[first] : 0,
			second ? numbers[second] : 0,
			third ? numbers[third] : 0,
		);
	}

	/** Returns and clears the changes, width by width, narrowest first. */
	take(): readonly {readonly width: number; readonly deltas: readonly Delta[]}[] {
		let {all} = this.#deltas;
		this.#deltas = new DeltaMap(this.#rollup);
		return this.#rollup.widths.map((width, index) => {
			all = index === 0 ? all : widened(all, width, this.#rollup);
			return {width, deltas: all};
		});
	}
}

/** Changes by bucket and keys. */
class DeltaMap {
	readonly all: Delta[] = [];
	readonly #rollup: Rollup;
	readonly #none: () => MeasureSums;
	/**
	 * By a hash of bucket and keys: building a text would take longer than everything else. Several may share a hash.
	 */
	readonly #byHash = new Map<number, Linked>();
	/** The last one that was looked up: successive requests often change the same one. */
	#last: Delta | undefined;

	constructor(rollup: Rollup) {
		this.#rollup = rollup;
		this.#none = rollup.measures === allMeasures ? noSums : noThreadSums;
	}

	/** @param second @param third 0 if the rollup has fewer keys */
	of(bucket: number, first: number, second: number, third: number): Delta {
		if (this.#last && isOf(this.#last, bucket, first, second, third)) {
			return this.#last;
		}
		const hash = hashOf(bucket, first, second, third);
		const before = this.#byHash.get(hash);
		let linked = before;
		while (linked && !isOf(linked.delta, bucket, first, second, third)) {
			linked = linked.next;
		}
		if (!linked) {
			const keys = [first, second, third].slice(0, this.#rollup.keys.length);
			const delta = {bucket, keys, measures: this.#none(), first: latest, last: earliest, isNarrowed: false};
			linked = {delta, next: before};
			this.#byHash.set(hash, linked);
			this.all.push(delta);
		}
		this.#last = linked.delta;
		return linked.delta;
	}
}

/** A list of changes with the same hash. */
type Linked = {readonly delta: Delta; readonly next: Linked | undefined};

const isOf = ({bucket, keys}: Delta, ofBucket: number, first: number, second: number, third: number): boolean =>
	bucket === ofBucket && keys[0] === first && (keys[1] ?? 0) === second && (keys[2] ?? 0) === third;

const hashOf = (bucket: number, first: number, second: number, third: number): number =>
	Math.imul(bucket / minute, 0x9e3779b1) ^ Math.imul(first, 0x85ebca6b) ^ Math.imul(second, 0xc2b2ae35) ^ third;

const widened = (deltas: readonly Delta[], width: number, rollup: Rollup): Delta[] => {
	const wide = new DeltaMap(rollup);
	for (const delta of deltas) {
		const [first = 0, second = 0, third = 0] = delta.keys;
		const sum = wide.of(bucketOf(delta.bucket, width), first, second, third);
		addSums(sum.measures, delta.measures);
		sum.first = Math.min(sum.first, delta.first);
		sum.last = Math.max(sum.last, delta.last);
		sum.isNarrowed ||= delta.isNarrowed;
	}
	return wide.all;
};
