import type {Thread} from '../../metrics/breaks/chain.js';
import {type Countable, countFacts} from '../../metrics/breaks/count-facts.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {type Filter, isEmptyFilter, type Taken, takenBy} from '../../metrics/filter.js';
import {inOrder} from '../../metrics/request-order.js';
import {type Span, stretchesOf, type Window} from '../../metrics/windows/window.js';
import {untimed} from '../../request.js';
import type {FactColumns} from './fact-columns.js';
import type {Kept} from './kept.js';
import {lastListed} from './last-listed.js';
import {threadRows} from './thread-rows.js';

/** All requests in order of time with their facts, as of one moment. */
export class CountedRows {
	/** Oldest first. */
	readonly rows: Int32Array;
	readonly #kept: Kept;
	readonly #facts: FactColumns;

	/** @param facts where facts are stored */
	constructor(kept: Kept, facts: FactColumns) {
		this.#kept = kept;
		this.#facts = facts;
		this.rows = kept.ordered();
		facts.reset(kept.requests.count);
		countFacts(this.#countable(threadRows(this.rows, kept.requests, kept.threads)), facts);
	}

	#countable(threads: Countable['threads']): Countable {
		const {requests} = this.#kept;
		return {
			threads,
			request: row => requests.traced(row),
			id: row => requests.ids.at(row),
			time: row => requests.time[row] as number,
			log: row => requests.log[row],
		};
	}

	/**
	 * The threads with a request at or since a time, each after its last request; the keys of its ends are rows. They
	 * are computed again on demand, because all of them would take as much memory as the requests.
	 */
	threadsSince(since: number): ReadonlyMap<string, Thread<number>> {
		const {requests, threads} = this.#kept;
		const found = new Map<string, Thread<number>>();
		if (this.#firstFrom(since) < this.rows.length) {
			const recent = [...threadRows(this.rows, requests, threads)].filter(
				([name, rows]) => name !== undefined && (requests.time[rows.at(-1) as number] as number) >= since,
			);
			const known = {at: (row: number) => this.#facts.at(row), set: () => {}};
			countFacts(this.#countable(recent), known, (name, thread) => found.set(name, thread));
		}
		return found;
	}

	get span(): Span {
		const {time} = this.#kept.requests;
		const [first, last] = [this.rows[this.untimed], this.rows.at(-1)];
		return first === undefined || last === undefined
			? undefined
			: {first: time[first] as number, last: time[last] as number};
	}

	/** Number of requests without a time. */
	get untimed(): number {
		return this.#firstFrom(untimed + 1);
	}

	/** Index of the first row that is not before a time. */
	#firstFrom(from: number): number {
		const all = this.rows;
		const {time} = this.#kept.requests;
		let low = 0;
		let high = all.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((time[all[middle] as number] as number) < from) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}

	/** The rows of a window that match a filter, oldest first. */
	select(window: Window, filter: Filter): Int32Array {
		const within = stretchesOf(window).map(({from, to}) =>
			this.rows.subarray(this.#firstFrom(from), this.#firstFrom(to)),
		);
		return this.#taken(within.length === 1 ? (within[0] as Int32Array) : joined(within), filter);
	}

	/** The rows that match a filter. */
	#taken(rows: Int32Array, filter: Filter): Int32Array {
		if (isEmptyFilter(filter)) {
			return rows;
		}
		const {thread, threads, source, sources} = this.#kept.requests;
		const taken = this.takenBy(filter);
		return rows.filter(row =>
			taken(
				this.#kept.requests.laneOf(row),
				sources.at(source[row] as number) as string,
				this.#kept.threads.of(threads.at(thread[row] as number)),
			),
		);
	}

	/** The compiled filter. */
	takenBy(filter: Filter): Taken {
		return takenBy({...filter, thread: this.#kept.threads.of(filter.thread)}, () => {
			const {count, source, sources} = this.#kept.requests;
			const naming = new Set<string>();
			for (let row = 0; row < count; row++) {
				if (this.#kept.requests.laneOf(row).model !== undefined) {
					naming.add(sources.at(source[row] as number) as string);
				}
			}
			return naming;
		});
	}

	/** The requests of the newest of some rows, oldest first. */
	newest(rows: Int32Array, most: number): readonly Counted[] {
		return this.newestRows(rows, most).map(row => ({request: this.#kept.request(row), facts: this.#facts.at(row)}));
	}

	/** The newest of some rows, oldest first. */
	newestRows(rows: Int32Array, most: number): readonly number[] {
		const {time, source, ids} = this.#kept.requests;
		const first = Math.max(0, rows.length - most);
		const at = time[rows[first] as number];
		// Among rows of the time that is cut, the list's order decides which are the newest.
		let [from, to] = [first, first];
		while (from > 0 && time[rows[from - 1] as number] === at) {
			from--;
		}
		while (from < first && to < rows.length && time[rows[to] as number] === at) {
			to++;
		}
		const tied = lastListed(rows.subarray(from, to), row => source[row] as number, to - first);
		const timeOf = (row: number): number => time[row] as number;
		const listed = inOrder(
			[...tied, ...rows.subarray(to)],
			row => ({request: {id: ids.at(row), time: timeOf(row)}, log: source[row]}),
			timeOf,
		);
		return listed.slice(first - rows.length);
	}
}

const joined = (some: readonly Int32Array[]): Int32Array => {
	const all = new Int32Array(some.reduce((sum, {length}) => sum + length, 0));
	let at = 0;
	for (const rows of some) {
		all.set(rows, at);
		at += rows.length;
	}
	return all;
};
