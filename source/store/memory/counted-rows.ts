import type {Thread} from '../../metrics/breaks/chain.js';
import {type Countable, countFacts} from '../../metrics/breaks/count-facts.js';
import type {Counted} from '../../metrics/breaks/facts.js';
import {type Filter, isEmptyFilter, type Taken, takenBy} from '../../metrics/filter.js';
import {inListOrder} from '../../metrics/request-order.js';
import {type Span, stretchesOf, type Window} from '../../metrics/windows/window.js';
import {untimed} from '../../request.js';
import type {FactColumns} from './fact-columns.js';
import type {Kept} from './kept.js';
import {lastListed} from './last-listed.js';
import {threadRows} from './thread-rows.js';

/** All requests in order of time, their facts counted; as long as nothing changes. */
export class CountedRows {
	/** Oldest first. */
	readonly rows: Int32Array;
	readonly #kept: Kept;
	readonly #facts: FactColumns;

	/** @param facts where they are put */
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
			request: row => requests.at(row),
			time: row => requests.time[row] as number,
			log: row => requests.log[row],
		};
	}

	/**
	 * The threads that have a request at or since a time, each behind its last one; the keys of its ends are rows. They are
	 * followed once more: those of all threads would take as much room as the requests, and few are ever asked for.
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

	/** How many have no time. */
	get untimed(): number {
		return this.#firstFrom(untimed + 1);
	}

	/** The place of the first of all rows that is not before a time. */
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

	/** The rows of a window that a filter takes, oldest first. */
	select(window: Window, filter: Filter): Int32Array {
		const within = stretchesOf(window).map(({from, to}) =>
			this.rows.subarray(this.#firstFrom(from), this.#firstFrom(to)),
		);
		return this.#taken(within.length === 1 ? (within[0] as Int32Array) : joined(within), filter);
	}

	/** Those of some rows that a filter takes. */
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

	/** What a filter takes. */
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

	/** The newest of some rows, at most so many, oldest first. */
	newest(rows: Int32Array, most: number): readonly Counted[] {
		const {time, source} = this.#kept.requests;
		const first = Math.max(0, rows.length - most);
		const at = time[rows[first] as number];
		// Of the time that is cut through the list's order tells which are the newest.
		let [from, to] = [first, first];
		while (from > 0 && time[rows[from - 1] as number] === at) {
			from--;
		}
		while (from < first && to < rows.length && time[rows[to] as number] === at) {
			to++;
		}
		const tied = lastListed(rows.subarray(from, to), row => source[row] as number, to - first);
		const counted = Array.from([...tied, ...rows.subarray(to)], row => ({
			request: this.#kept.request(row),
			facts: this.#facts.at(row),
		}));
		return inListOrder(counted).slice(first - rows.length);
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
