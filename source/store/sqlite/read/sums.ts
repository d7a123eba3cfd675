import {addRequest} from '../../../metrics/add-request.js';
import type {Counted} from '../../../metrics/breaks/facts.js';
import {type MeasureSums, measuresOf, noSums, noThreadSums, placesOf} from '../../../metrics/measure-sums.js';
import {allMeasures, type Measure} from '../../../metrics/measures.js';
import type {Lane, Part} from '../../../metrics/parts.js';
import type {Value} from '../file/connection.js';

type Sum = {lane: Lane; measures: MeasureSums; firstTime: number; lastTime: number};

/** Takes what is added up by a key and lane: requests, and rows of sums. */
export type Adder<Key> = {
	/** Those that are added up. */
	readonly measures: readonly Measure[];
	add(key: Key, lane: Lane, counted: Counted): void;
	/** @param values of the measures, in their order, beginning at place `from` */
	addRow(
		key: Key,
		lane: Lane,
		times: readonly [first: number, last: number],
		values: readonly Value[],
		from: number,
	): void;
};

/** Counts requests by a key alone. */
export class RequestCounts implements Adder<string> {
	readonly measures = ['requests'] as const;
	readonly requests = new Map<string, number>();

	add(key: string): void {
		this.#count(key, 1);
	}

	addRow(key: string, _lane: Lane, _times: readonly [number, number], values: readonly Value[], from: number): void {
		this.#count(key, values[from] as number);
	}

	#count(key: string, requests: number): void {
		this.requests.set(key, (this.requests.get(key) ?? 0) + requests);
	}
}

/** Adds up by a key and lane what comes in pieces. Lanes are told apart as objects. */
export class Sums<Key> implements Adder<Key> {
	readonly #sums = new Map<Key, Map<Lane, Sum>>();
	readonly measures: readonly Measure[];
	readonly #places: readonly number[];

	/** @param measures that are added up: all, or those of threads; the others stay 0 */
	constructor(measures: readonly Measure[] = allMeasures) {
		this.measures = measures;
		this.#places = placesOf(measures);
	}

	add(key: Key, lane: Lane, {request, facts}: Counted): void {
		addRequest(this.#sum(key, lane, request.time, request.time).measures, request, facts);
	}

	addRow(
		key: Key,
		lane: Lane,
		[first, last]: readonly [first: number, last: number],
		values: readonly Value[],
		from: number,
	): void {
		const sum = this.#sum(key, lane, first, last).measures;
		let at = from;
		for (const place of this.#places) {
			sum[place] = (sum[place] as number) + (values[at++] as number);
		}
	}

	#sum(key: Key, lane: Lane, first: number, last: number): Sum {
		let lanes = this.#sums.get(key);
		if (!lanes) {
			lanes = new Map();
			this.#sums.set(key, lanes);
		}
		const sum = lanes.get(lane);
		if (!sum) {
			const added = {
				lane,
				measures: this.measures === allMeasures ? noSums() : noThreadSums(),
				firstTime: first,
				lastTime: last,
			};
			lanes.set(lane, added);
			return added;
		}
		sum.firstTime = Math.min(sum.firstTime, first);
		sum.lastTime = Math.max(sum.lastTime, last);
		return sum;
	}

	parts(): readonly (Part & {readonly key: Key})[] {
		return [...this.#sums].flatMap(([key, lanes]) =>
			[...lanes.values()].map(({measures, ...sum}) => ({key, ...sum, measures: measuresOf(measures)})),
		);
	}
}
