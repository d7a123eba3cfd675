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

/** Requests of one time that are put in order; of more, something is wrong with their times. */
const mostTied = 10_000;

const insertion = new Insertion('request', [...places, 'key', ...factColumns, ...requestColumns]);
const changed = [...places.slice(1), ...requestColumns, ...factColumns].map(column => `${column} = ?`).join(', ');
const changedFacts = factColumns.map(column => `${column} = ?`).join(', ');

/** A request that is to be inserted. */
export type Added = Omit<Kept, 'facts'> & {
	/** Later requests may revise them until then. */
	facts: Facts;
	/** That of its id. */
	readonly key: number;
};

/** Requests of one time and thread in the order in which facts are counted. */
const inThread = (tied: readonly Kept[]): readonly Kept[] =>
	inOrder(tied, ({request, log}) => ({request, log: logInOrder(request, log)}));

/** The requests, in order of arrival. */
export class RequestTable {
	readonly #database: Connection;
	readonly #read: KeptRows;
	readonly #indices: Indices;
	/** Of all requests, in a store that was empty; undefined where some are not known. */
	#rows: RowsByKey | undefined;

	constructor(database: Connection, lanes: LaneTable, logs: LogTable, indices: Indices) {
		this.#database = database;
		this.#read = new KeptRows(lanes, logs);
		this.#indices = indices;
	}

	/** Forgets what it remembers of the table: another process may have changed it, or a change was taken back. */
	drop(): void {
		this.#rows = undefined;
	}

	/** All ids are known in memory: none is looked up by its index. */
	get areKnown(): boolean {
		return this.#rows !== undefined;
	}

	/**
	 * The number that the next to arrive is kept under. To be asked by who is about to write: ids are looked up in memory
	 * from now on where all are known, else by their index.
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

	/** Those whose ids have one of these keys, by id. */
	find(keys: readonly number[]): ReadonlyMap<string, Kept> {
		const found = new Map<string, Kept>();
		for (const row of this.#withKeys(keys)) {
			found.set(idIn(row), this.#read.kept(row));
		}
		return found;
	}

	/** Rows that have one of these keys. */
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
			this.#rows?.add(key, row);
			to.push(row);
			to.push(request.time);
			to.push(thread);
			to.push(lane);
			to.push(log);
			to.push(key);
			pushFacts(facts, to, request);
			pushRequest(request, to);
		});
	}

	/** Replaces what is kept under its row. */
	update({request, facts, row, thread, lane, log}: Kept): void {
		const values: Value[] = [request.time, thread, lane, log];
		pushRequest(request, values);
		pushFacts(facts, values, request);
		values.push(row);
		this.#database.run(`UPDATE request SET ${changed} WHERE row = ?`, values);
	}

	/** Replaces the facts alone, without reading what is kept beside them. */
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

	/** Those kept under these rows, in no order. */
	ofRows(rows: readonly number[]): readonly Kept[] {
		return [...this.#in('row', rows)].map(row => this.#read.kept(row));
	}

	/** Those that arrived behind one row, up to another, in that order; at most so many. */
	arrived({after, to}: {readonly after: number; readonly to: number}, most: number): readonly Kept[] {
		return this.#database
			.rows(`${select} WHERE row > ? AND row <= ? ORDER BY row LIMIT ?`, [after, to, most])
			.map(row => this.#read.kept(row));
	}

	delete(row: number): void {
		this.#database.run('DELETE FROM request WHERE row = ?', [row]);
	}

	/**
	 * Those of one thread, in order. They may be changed meanwhile, but not their times.
	 * @param behind those later than this time, epoch milliseconds; all unless told otherwise
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

	/** Oldest first. They may be changed or deleted meanwhile. */
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
	 * Page by page, each going on behind the last: a statement that is not read to its end would hold up others.
	 * @param size rows of a page that is not the last
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
