import type {Facts} from '../../../metrics/breaks/facts.js';
import {logInOrder} from '../../../metrics/breaks/follow.js';
import {inOrder} from '../../../metrics/request-order.js';
import type {Connection} from '../file/connection.js';
import {Insertion} from '../file/insertion.js';
import type {Row, Value} from '../file/value.js';
import {factColumns, pushFacts} from './facts-row.js';
import type {Indices} from './indices.js';
import {idIn, type Kept, KeptRows, places, select} from './kept-rows.js';
import type {LaneTable} from './lane-table.js';
import type {LogTable} from './log-table.js';
import {RowsByKey} from './request-keys.js';
import {pushRequest, requestColumns} from './request-row.js';
import {conditionsOf, type Rows} from './rows.js';

const pageSize = 2000;

/** Maximum number of requests with the same time that are sorted; if there are more, their times are probably wrong. */
const mostTied = 10_000;

/** Columns of references, in the order of the table. */
const firstColumns = ['row', 'key', 'time', 'thread', 'lane', 'log'] as const;
const insertion = new Insertion('request', [...firstColumns, ...requestColumns, ...factColumns]);
const changed = [...places.slice(1), ...requestColumns, ...factColumns].map(column => `${column} = ?`).join(', ');
const changedFacts = factColumns.map(column => `${column} = ?`).join(', ');

/** A request to be inserted. */
export type Added = Omit<Kept, 'facts'> & {
	/** Later requests may revise them until it is inserted. */
	facts: Facts;
	/** The key of its id. */
	readonly key: number;
};

/** Requests of one time and thread, in the order in which their facts are computed. */
const inThread = (tied: readonly Kept[]): readonly Kept[] =>
	inOrder(tied, ({request, log}) => ({request, log: logInOrder(request, log)}));

/** The requests, in order of arrival. */
export class RequestTable {
	readonly #database: Connection;
	readonly #read: KeptRows;
	readonly #indices: Indices;
	/** Rows of all requests; undefined if some are not known, because the store was not empty. */
	#rows: RowsByKey | undefined;

	constructor(database: Connection, lanes: LaneTable, logs: LogTable, indices: Indices) {
		this.#database = database;
		this.#read = new KeptRows(lanes, logs);
		this.#indices = indices;
	}

	/** Drops its cache, because another process may have changed the table, or a transaction was rolled back. */
	drop(): void {
		this.#rows = undefined;
	}

	/** True if all ids are known in memory, so none has to be looked up in the file. */
	get areKnown(): boolean {
		return this.#rows !== undefined;
	}

	/**
	 * The row of the next request. To be called before writing: prepares look-ups of ids, in memory if all are known,
	 * otherwise by building the index.
	 */
	nextRow(): number {
		const last = this.#database.row('SELECT max(row) FROM request')?.[0] as number | null;
		if (last === null) {
			this.#rows = new RowsByKey();
		} else if (!this.#rows || this.#rows.isFull) {
			this.#rows = undefined;
			this.#indices.need('request_key');
		}
		return (last ?? 0) + 1;
	}

	/** Requests whose ids have one of these keys, by id. */
	find(keys: readonly number[]): ReadonlyMap<string, Kept> {
		const found = new Map<string, Kept>();
		for (const row of this.#withKeys(keys)) {
			found.set(idIn(row), this.#read.kept(row));
		}
		return found;
	}

	/** Rows with one of these keys. */
	*#withKeys(keys: readonly number[]): Generator<Row> {
		if (this.#rows) {
			const known: number[] = [];
			for (const key of keys) {
				this.#rows.push(key, known);
			}
			yield* this.#in('row', known);
		} else {
			yield* this.#in('key', keys);
		}
	}

	*#in(column: 'row' | 'key', all: readonly number[]): Generator<Row> {
		for (let index = 0; index < all.length; index += pageSize) {
			const some = JSON.stringify(all.slice(index, index + pageSize));
			yield* this.#database.rows(`${select} WHERE ${column} IN (SELECT value FROM json_each(?))`, [some]);
		}
	}

	insert(all: readonly Added[]): void {
		this.#database.insert(insertion, all, ({request, facts, row, thread, lane, log, key}, to) => {
			to.push(row);
			to.push(key);
			to.push(request.time);
			to.push(thread);
			to.push(lane);
			to.push(log);
			pushRequest(request, to);
			pushFacts(facts, to, request);
		});
		if (this.#rows) {
			for (const {key, row} of all) {
				this.#rows.add(key, row);
			}
		}
	}

	/** Prepares for the insertion of very many. To be called outside of a transaction. */
	expectMany(): void {
		this.#database.expectMany(insertion);
	}

	/** Replaces the request in its row. */
	update({request, facts, row, thread, lane, log}: Kept): void {
		const values: Value[] = [request.time, thread, lane, log];
		pushRequest(request, values);
		pushFacts(facts, values, request);
		values.push(row);
		this.#database.run(`UPDATE request SET ${changed} WHERE row = ?`, values);
	}

	/** Replaces only the facts in a row, without reading the rest. */
	setFacts(row: number, facts: Facts): void {
		const values: Value[] = [];
		pushFacts(facts, values);
		values.push(row);
		this.#database.run(`UPDATE request SET ${changedFacts} WHERE row = ?`, values);
	}

	/** Moves a request to another thread. */
	setThread(row: number, thread: number): void {
		this.#database.run('UPDATE request SET thread = ? WHERE row = ?', [thread, row]);
	}

	at(row: number): Kept | undefined {
		const found = this.#database.row(`${select} WHERE row = ?`, [row]);
		return found && this.#read.kept(found);
	}

	/** The requests in these rows, in no particular order. */
	ofRows(rows: readonly number[]): readonly Kept[] {
		return [...this.#in('row', rows)].map(row => this.#read.kept(row));
	}

	/** Requests in rows after one, up to another, in order of arrival; at most `most` of them. */
	arrived({after, to}: {readonly after: number; readonly to: number}, most: number): readonly Kept[] {
		return this.#database
			.rows(`${select} WHERE row > ? AND row <= ? ORDER BY row LIMIT ?`, [after, to, most])
			.map(row => this.#read.kept(row));
	}

	delete(row: number): void {
		this.#database.run('DELETE FROM request WHERE row = ?', [row]);
	}

	/**
	 * The requests of a thread, in order. They may be changed during iteration, except for their times.
	 * @param behind only those later than this time, in epoch milliseconds; all by default
	 */
	*ofThread(thread: number, behind: number = Number.MIN_SAFE_INTEGER): Generator<Kept> {
		const arrived = this.#pages(
			`${select} WHERE (time, row) > (?1, ?2) AND thread = ?3 ORDER BY time, row LIMIT ${pageSize}`,
			pageSize,
			[behind, Number.MAX_SAFE_INTEGER],
			[thread],
		);
		let tied: Kept[] = [];
		for (const kept of arrived) {
			if (tied[0]?.request.time !== kept.request.time || tied.length >= mostTied) {
				yield* inThread(tied);
				tied = [];
			}
			tied.push(kept);
		}
		yield* inThread(tied);
	}

	/** Oldest first. They may be changed or deleted during iteration. */
	*between({from, to, ...which}: Rows): Generator<Kept> {
		const conditions = conditionsOf(which);
		yield* this.#pages(
			`${select} WHERE (time, row) > (?1, ?2) AND time < ?3
			${conditions.sql(4)} ORDER BY time, row LIMIT ${pageSize}`,
			pageSize,
			[from, 0],
			[to, ...conditions.values],
		);
	}

	/** Newest first. */
	*newest({from, to, ...which}: Rows, most = pageSize): Generator<Kept> {
		const size = Math.max(1, Math.min(most, pageSize));
		const conditions = conditionsOf(which);
		const sql = `${select} WHERE (time, row) < (?1, ?2) AND time >= ?3
			${conditions.sql(4)} ORDER BY time DESC, row DESC LIMIT ${size}`;
		yield* this.#pages(sql, size, [to, 0], [from, ...conditions.values]);
	}

	/**
	 * Reads page by page, each after the last row of the one before: a statement that is not read to its end would
	 * block others.
	 * @param size rows per page, except for the last
	 */
	*#pages(sql: string, size: number, behind: Row, values: Row): Generator<Kept> {
		let at = behind;
		for (;;) {
			const rows = this.#database.rows(sql, [...at, ...values]);
			for (const row of rows) {
				yield this.#read.kept(row);
			}
			const last = rows[rows.length - 1];
			if (!last || rows.length < size) {
				return;
			}
			at = [last[1] as Value, last[0] as Value];
		}
	}
}
