import {closeSync, openSync} from 'node:fs';
import type Database from 'libsql';
import {lazy} from '../../../system/lazy.js';
import {StoreError} from '../../store.js';
import {storeErrorOf} from './failure.js';
import type {Insertion, Values} from './insertion.js';

/** What goes into a database and comes out of it. */
export type Value = string | number | null;
/** The columns of a row, in the order of the query. */
export type Row = readonly Value[];

type Statement = Database.Statement<[readonly Value[]]>;

/** How long to wait for another process that writes, milliseconds. */
const patience = 5000;
/** Between two tries of what SQLite does not wait for by itself, milliseconds. */
const pause = 20;
/** Pages that are held, KB: who reads passes over most of them once, who writes comes back to them. */
const readCache = 2048;
const writeCache = 16_384;
/** Of what is not in the file itself yet, bytes. */
const largestLog = 64 * 1024 * 1024;

// Loading it takes longer than a report from memory: only who opens a store pays for it.
const load = lazy<typeof Database>('libsql');

/** One file of SQLite, opened. Everything throws a `StoreError` where the file or the disk is at fault. */
export class Connection {
	readonly path: string;
	readonly #database: Database.Database;
	readonly #statements = new Map<string, Statement>();
	readonly #dataVersion: Statement;
	readonly #wait: number;
	#hasWritten = false;

	/**
	 * Makes the file where it is missing, for its owner alone; SQLite gives the files beside it the same permissions.
	 * @param wait for others that write, milliseconds
	 */
	constructor(path: string, wait: number = patience) {
		this.path = path;
		this.#wait = wait;
		this.#database = this.#inWords(() => {
			closeSync(openSync(path, 'a', 0o600));
			const Engine = load();
			return new Engine(path, {timeout: wait});
		});
		try {
			this.exec(`PRAGMA busy_timeout = ${wait}`);
			this.#setWriteAheadLog(wait / 100);
			// What does not fit into the cache of a sort goes to the disk: memory stays bounded.
			this.exec(
				`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${readCache}; PRAGMA temp_store = FILE; PRAGMA wal_autocheckpoint = 4000`,
			);
			// The log grows as long as somebody reads for long; afterwards the disk gets it back.
			this.exec(`PRAGMA journal_size_limit = ${largestLog}`);
			this.#dataVersion = this.#statement('PRAGMA data_version');
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Two processes that open a new file at once are in each other's way, and SQLite does not wait for that by itself. */
	#setWriteAheadLog(tries: number): void {
		for (let left = tries; ; left--) {
			try {
				if (this.row('PRAGMA journal_mode')?.[0] !== 'wal') {
					this.exec('PRAGMA journal_mode = WAL');
				}
				return;
			} catch (error) {
				const {code} = ((error as Error).cause ?? {}) as {code?: string};
				if (left <= 0 || !code?.startsWith('SQLITE_BUSY')) {
					throw error;
				}
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
			}
		}
	}

	/** Changes when another connection has written; the own writes leave it as it is. */
	get dataVersion(): number {
		return this.#inWords(() => (this.#dataVersion.get([]) as Row)[0] as number);
	}

	/** Statements without values, separated by semicolons. */
	exec(sql: string): void {
		this.#inWords(() => this.#database.exec(sql));
	}

	run(sql: string, values: Row = []): void {
		this.#inWords(() => this.#statement(sql).run(values));
	}

	/**
	 * Inserts rows, in their order.
	 * @param push appends the values of a row
	 */
	insert<Item>(insertion: Insertion, items: readonly Item[], push: (item: Item, to: Values) => void): void {
		insertion.run(items, push, (sql, values) => this.run(sql, values));
	}

	/** The first row; undefined where there is none. */
	row(sql: string, values: Row = []): Row | undefined {
		return this.#inWords(() => this.#statement(sql).get(values) as Row | undefined);
	}

	/** All rows: ask for as many as memory may hold. */
	rows(sql: string, values: Row = []): readonly Row[] {
		return this.#inWords(() => this.#statement(sql).all(values) as readonly Row[]);
	}

	/** Rows one after the other, for those that are too many to be held at once. The same statement must not run meanwhile. */
	*each(sql: string, values: Row = []): Generator<Row> {
		const rows = this.#inWords(() => this.#statement(sql).iterate(values)[Symbol.iterator]());
		for (;;) {
			const {value, done} = this.#inWords(() => rows.next());
			if (done) {
				return;
			}
			yield value as Row;
		}
	}

	/** Reads that belong together: what others write meanwhile is not seen. */
	reading<Result>(work: () => Result): Result {
		return this.#transaction('BEGIN', work);
	}

	/** Writes that are kept together or not at all. */
	writing<Result>(work: () => Result): Result {
		if (!this.#hasWritten) {
			this.#hasWritten = true;
			this.exec(`PRAGMA cache_size = -${writeCache}`);
		}
		return this.#transaction('BEGIN IMMEDIATE', work);
	}

	/** The same unless another process writes just now: nothing is done then. Says whether it was. */
	writingUnlessBusy(work: () => void): boolean {
		this.exec('PRAGMA busy_timeout = 0');
		try {
			this.writing(work);
			return true;
		} catch (error) {
			if (error instanceof StoreError && error.isBusy) {
				return false;
			}
			throw error;
		} finally {
			this.exec(`PRAGMA busy_timeout = ${this.#wait}`);
		}
	}

	#transaction<Result>(begin: string, work: () => Result): Result {
		if (this.#database.inTransaction) {
			return work();
		}
		this.exec(begin);
		try {
			const result = work();
			this.exec('COMMIT');
			return result;
		} catch (error) {
			// A full disk has rolled back already.
			if (this.#database.inTransaction) {
				this.exec('ROLLBACK');
			}
			throw error;
		}
	}

	/** Whether it is within `reading` or `writing`. */
	get isInTransaction(): boolean {
		return this.#database.inTransaction;
	}

	close(): void {
		try {
			// SQLite does this when it closes, but the engine closes only when it has collected all statements.
			this.exec('PRAGMA wal_checkpoint(PASSIVE)');
		} catch (error) {
			// What was committed stays in the file beside, and is found there.
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
		this.#statements.clear();
		this.#inWords(() => this.#database.close());
	}

	#statement(sql: string): Statement {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.#database.prepare<[readonly Value[]]>(sql);
			if (statement.reader) {
				statement.raw();
			}
			this.#statements.set(sql, statement);
		}
		return statement;
	}

	#inWords<Result>(work: () => Result): Result {
		try {
			return work();
		} catch (error) {
			throw storeErrorOf(error, this.path);
		}
	}
}
