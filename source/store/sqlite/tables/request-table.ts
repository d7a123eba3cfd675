import {hash} from 'node:crypto';
import type {Counted, Facts} from '../../../metrics/breaks/facts.js';
import {inOrder} from '../../../metrics/order.js';
import type {Request} from '../../../request.js';
import type {Connection, Row, Value} from '../file/connection.js';
import {factsFrom, factsText} from './facts-row.js';
import type {LaneTable} from './lane-table.js';
import type {LogTable} from './log-table.js';
import {bodyOf, fromBody, idIn} from './request-row.js';

/** A request and where it is kept. Thread 0 is none. */
export type Kept = Counted & {
	readonly row: number;
	readonly thread: number;
	readonly lane: number;
	readonly log: number;
};

/** Which rows to look at. */
export type Rows = {
	/** [from, to). */
	readonly from: number;
	readonly to: number;
	/** Undefined takes all. */
	readonly lanes?: readonly number[] | undefined;
	readonly threads?: readonly number[] | undefined;
	readonly logs?: readonly number[] | undefined;
	readonly brokenOnly?: boolean | undefined;
};

const pageSize = 2000;

/** Names of threads that are remembered. */
const mostNames = 1000;

/** Requests of one time that are put in order; of more, something is wrong with their times. */
const mostTied = 10_000;

/** Whether so many threads are looked up one by one rather than all requests of the time looked through. */
const fewThreads = 2000;

const columns = 'row, time, thread, lane, log, body, thread.name, facts';
const source = 'request LEFT JOIN thread ON thread.id = thread';
const ofKeys = `SELECT ${columns} FROM ${source} WHERE key IN (SELECT value FROM json_each(?))`;

/** 48 bits of a hash: the index stays small however long ids are; equal ones are told apart by the id itself. */
const keyOf = (id: string): number => Number.parseInt(hash('sha1', id, 'hex').slice(0, 12), 16);

/** The requests, in order of arrival. */
export class RequestTable {
	readonly #database: Connection;
	readonly #lanes: LaneTable;
	readonly #logs: LogTable;
	/** Of threads, by their text in the table: requests of one thread stand near each other. */
	readonly #names = new Map<string, string>();
	/** Of the ids that were looked for last: those that are new are inserted next. */
	#keys = new Map<string, number>();

	constructor(database: Connection, lanes: LaneTable, logs: LogTable) {
		this.#database = database;
		this.#lanes = lanes;
		this.#logs = logs;
	}

	/** The number that the next to arrive is kept under. */
	nextRow(): number {
		return ((this.#database.row('SELECT max(row) FROM request')?.[0] as number | null) ?? 0) + 1;
	}

	/** Those of these ids that are kept, by id. */
	find(ids: readonly string[]): ReadonlyMap<string, Kept> {
		const found = new Map<string, Kept>();
		const wanted = new Map(ids.map(id => [id, keyOf(id)]));
		this.#keys = wanted;
		const all = [...wanted.values()];
		for (let index = 0; index < all.length; index += pageSize) {
			const keys = all.slice(index, index + pageSize);
			for (const row of this.#database.rows(ofKeys, [JSON.stringify(keys)])) {
				const id = idIn(row[5] as string);
				if (wanted.has(id)) {
					found.set(id, this.#kept(row));
				}
			}
		}
		return found;
	}

	insert(all: readonly Kept[]): void {
		this.#database.insert(
			'INSERT INTO request',
			all.map(({request, facts, row, thread, lane, log}) => [
				row,
				this.#keys.get(request.id) ?? keyOf(request.id),
				request.time,
				thread,
				lane,
				log,
				facts.loss ? 1 : 0,
				bodyOf(request),
				factsText(facts, request),
			]),
		);
	}

	/** Replaces what is kept under its row. */
	update({request, facts, row, thread, lane, log}: Kept): void {
		this.#database.run(
			'UPDATE request SET time = ?, thread = ?, lane = ?, log = ?, broken = ?, body = ?, facts = ? WHERE row = ?',
			[request.time, thread, lane, log, facts.loss ? 1 : 0, bodyOf(request), factsText(facts, request), row],
		);
	}

	/** Replaces the facts alone, without reading what is kept beside them. */
	setFacts(row: number, facts: Facts): void {
		this.#database.run('UPDATE request SET broken = ?, facts = ? WHERE row = ?', [
			facts.loss ? 1 : 0,
			factsText(facts),
			row,
		]);
	}

	/** Moves a request to another thread. */
	setThread(row: number, thread: number): void {
		this.#database.run('UPDATE request SET thread = ? WHERE row = ?', [thread, row]);
	}

	at(row: number): Kept | undefined {
		const found = this.#database.row(`SELECT ${columns} FROM ${source} WHERE row = ?`, [row]);
		return found && this.#kept(found);
	}

	/** Those kept under these rows, in no order. */
	ofRows(rows: readonly number[]): readonly Kept[] {
		return this.#database
			.rows(`SELECT ${columns} FROM ${source} WHERE row IN (SELECT value FROM json_each(?))`, [JSON.stringify(rows)])
			.map(row => this.#kept(row));
	}

	/** Those that arrived behind one row, up to another, in that order; at most so many. */
	arrived({after, to}: {readonly after: number; readonly to: number}, most: number): readonly Kept[] {
		return this.#database
			.rows(`SELECT ${columns} FROM ${source} WHERE row > ? AND row <= ? ORDER BY row LIMIT ?`, [after, to, most])
			.map(row => this.#kept(row));
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
			`SELECT ${columns} FROM ${source}
			WHERE (time, row) > (?1, ?2) AND thread = ?3 ORDER BY time, row LIMIT ${pageSize}`,
			[behind, Number.MAX_SAFE_INTEGER],
			[thread],
		);
		let tied: Kept[] = [];
		for (const kept of arrived) {
			if (tied[0]?.request.time !== kept.request.time || tied.length >= mostTied) {
				yield* inOrder(tied, one => one);
				tied = [];
			}
			tied.push(kept);
		}
		yield* inOrder(tied, one => one);
	}

	/** Oldest first. They may be changed or deleted meanwhile. */
	*between({from, to, ...which}: Rows): Generator<Kept> {
		const conditions = conditionsOf(which);
		yield* this.#pages(
			`SELECT ${columns} FROM ${source} WHERE (time, row) > (?1, ?2) AND time < ?3
			${conditions.sql(4)} ORDER BY time, row LIMIT ${pageSize}`,
			[from, 0],
			[to, ...conditions.values],
		);
	}

	/** Newest first. */
	*newest({from, to, ...which}: Rows, size = pageSize): Generator<Kept> {
		const conditions = conditionsOf(which);
		const sql = `SELECT ${columns} FROM ${source} WHERE (time, row) < (?1, ?2) AND time >= ?3
			${conditions.sql(4)} ORDER BY time DESC, row DESC LIMIT ${Math.max(1, Math.min(size, pageSize))}`;
		yield* this.#pages(sql, [to, 0], [from, ...conditions.values]);
	}

	/** Page by page, each going on behind the last: a statement that is not read to its end would hold up others. */
	*#pages(sql: string, behind: Row, values: Row): Generator<Kept> {
		let at = behind;
		for (;;) {
			const rows = this.#database.rows(sql, [...at, ...values]);
			for (const row of rows) {
				yield this.#kept(row);
			}
			const last = rows[rows.length - 1];
			if (!last) {
				return;
			}
			at = [last[1] as Value, last[0] as Value];
		}
	}

	#threadName(text: Value | undefined): Request['thread'] {
		if (typeof text !== 'string') {
			return undefined;
		}
		let name = this.#names.get(text);
		if (name === undefined) {
			if (this.#names.size >= mostNames) {
				this.#names.clear();
			}
			name = JSON.parse(text) as string;
			this.#names.set(text, name);
		}
		return name;
	}

	#kept([row, time, thread, lane, log, body, name, facts]: Row): Kept {
		const {project, host, model, agent, provider} = this.#lanes.lane(lane as number);
		const request = fromBody(body as string, {
			time: time as number,
			thread: this.#threadName(name),
			project,
			source: this.#logs.name(log as number),
			host,
			model,
			agent,
			provider,
		});
		return {
			request,
			facts: factsFrom(facts as string | null, request),
			row: row as number,
			thread: thread as number,
			lane: lane as number,
			log: log as number,
		};
	}
}

/** Conditions beside the time, and their values, which begin at parameter `first`. */
const conditionsOf = ({lanes, threads, logs, brokenOnly}: Omit<Rows, 'from' | 'to'>) => {
	const lists = [
		...(lanes ? [{column: '+lane', list: lanes}] : []),
		...(logs ? [{column: 'log', list: logs}] : []),
		// The plus keeps the index of threads out of it.
		...(threads ? [{column: threads.length > fewThreads ? '+thread' : 'thread', list: threads}] : []),
	];
	return {
		sql: (first: number): string =>
			[
				...(brokenOnly ? ['AND broken'] : []),
				...lists.map(({column, list}, index) =>
					// One thread's requests are in order already; those of many have to be sorted.
					list.length === 1
						? `AND ${column} = ?${first + index}`
						: `AND ${column} IN (SELECT value FROM json_each(?${first + index}))`,
				),
			].join(' '),
		values: lists.map(({list}) => (list.length === 1 ? (list[0] as number) : JSON.stringify(list))),
	};
};
