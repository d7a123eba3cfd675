import type {Facts} from '../../../metrics/breaks/facts.js';
import {addFacts, addRequest} from '../../../metrics/sums/add-request.js';
import {addSums, type MeasureSums, noSums, noThreadSums} from '../../../metrics/sums/measure-sums.js';
import {allMeasures} from '../../../metrics/sums/measures.js';
import type {Kept} from '../tables/kept-rows.js';
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

/** Neutral for first and last; whole numbers, because columns hold them. */
export const [latest, earliest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

/** Gathers what many requests change in the narrowest buckets of a rollup, so that each is written once. */
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

	/** @param stays it is added again at the same time, in the same thread, lane and log */
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

	/** Hands over what was gathered, width by width, narrowest first, and begins anew. */
	take(): readonly {readonly width: number; readonly deltas: readonly Delta[]}[] {
		let {all} = this.#deltas;
		this.#deltas = new DeltaMap(this.#rollup);
		return this.#rollup.widths.map((width, index) => {
			all = index === 0 ? all : widened(all, width, this.#rollup);
			return {width, deltas: all};
		});
	}
}

/** More than there can be: the numbers of a lane and a log make one that is exact. */
const mostLogs = 2 ** 28;

/** Deltas by bucket and keys: maps of numbers, because texts made of them take longer than all else. */
class DeltaMap {
	readonly all: Delta[] = [];
	readonly #rollup: Rollup;
	readonly #none: () => MeasureSums;
	readonly #buckets = new Map<number, Map<number, Map<number, Delta>>>();
	/** The one that was asked for last: requests that follow each other are often added to the same. */
	#last: Delta | undefined;

	constructor(rollup: Rollup) {
		this.#rollup = rollup;
		this.#none = rollup.measures === allMeasures ? noSums : noThreadSums;
	}

	/** @param second  @param third 0 where the rollup has fewer keys */
	of(bucket: number, first: number, second: number, third: number): Delta {
		const last = this.#last;
		if (
			last?.bucket === bucket &&
			last.keys[0] === first &&
			(last.keys[1] ?? 0) === second &&
			(last.keys[2] ?? 0) === third
		) {
			return last;
		}
		const ofFirst = mapIn(mapIn(this.#buckets, bucket), first);
		const other = second * mostLogs + third;
		let delta = ofFirst.get(other);
		if (!delta) {
			const keys = [first, second, third].slice(0, this.#rollup.keys.length);
			delta = {bucket, keys, measures: this.#none(), first: latest, last: earliest, isNarrowed: false};
			ofFirst.set(other, delta);
			this.all.push(delta);
		}
		this.#last = delta;
		return delta;
	}
}

/** The map under a key of a map; a new one where there is none. */
const mapIn = <Inner>(maps: Map<number, Map<number, Inner>>, key: number): Map<number, Inner> => {
	let map = maps.get(key);
	if (!map) {
		map = new Map();
		maps.set(key, map);
	}
	return map;
};

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
