import type {Counted} from '../../../metrics/breaks/facts.js';
import {addRequest} from '../../../metrics/sums/add-request.js';
import {noSums, noThreadSums, placesOf} from '../../../metrics/sums/measure-sums.js';
import {allMeasures, type Measure, threadMeasures} from '../../../metrics/sums/measures.js';
import type {Lane, Part} from '../../../metrics/sums/parts.js';
import {SumsBy} from '../../../metrics/sums/sums-by.js';
import type {Value} from '../file/value.js';

/** Adds requests and rows of sums by a key and lane. */
export type Adder<Key> = {
	/** The measures that are added. */
	readonly measures: readonly Measure[];
	add(key: Key, lane: Lane, counted: Counted): void;
	/** @param values of the measures, in their order, from index `from` */
	addRow(
		key: Key,
		lane: Lane,
		times: readonly [first: number, last: number],
		values: readonly Value[],
		from: number,
	): void;
};

/** Counts requests by key. */
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

/** Sums by a key and lane. */
export class Sums<Key> implements Adder<Key> {
	readonly measures: readonly Measure[];
	readonly #places: readonly number[];
	readonly #sums: SumsBy<Key>;

	/** @param measures to be added; others stay 0 */
	constructor(measures: readonly Measure[] = allMeasures) {
		this.measures = measures;
		this.#places = placesOf(measures);
		this.#sums = new SumsBy(measures === threadMeasures ? noThreadSums : noSums);
	}

	add(key: Key, lane: Lane, {request, facts}: Counted): void {
		addRequest(this.#sums.of(key, lane, request.time, request.time), request, facts);
	}

	addRow(
		key: Key,
		lane: Lane,
		[first, last]: readonly [first: number, last: number],
		values: readonly Value[],
		from: number,
	): void {
		const sum = this.#sums.of(key, lane, first, last);
		let at = from;
		for (const place of this.#places) {
			sum[place] = (sum[place] as number) + (values[at++] as number);
		}
	}

	parts(): readonly (Part & {readonly key: Key})[] {
		return this.#sums.parts();
	}
}
