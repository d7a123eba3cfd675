import {closeSync, openSync} from 'node:fs';
import type Database from 'libsql';
import {lazy} from '../../../system/lazy.js';
import {StoreError} from '../../store.js';
import {storeErrorOf} from './failure.js';
import type {Insertion, Values} from './insertion.js';
import {RowFiles} from './row-files.js';
import type {Row, Value} from './value.js';
import {setWriteAheadLog} from './write-ahead-log.js';

type Statement = Database.Statement<[readonly Value[]]>;

/** Milliseconds to wait for another process that is writing. */
const patience = 5000;
/** Size of the page cache, in KB: readers pass over most pages once, writers return to them. */
const readCache = 2048;
const writeCache = 16_384;
/** Largest size of the write-ahead log after a checkpoint, in bytes. */
const largestLog = 64 * 1024 * 1024;

// Loading it takes longer than a report from memory, so only processes that open a store pay for it.
const load = lazy<typeof Database>('libsql');

/** An open SQLite file. Every method throws a `StoreError` if the file or the disk is at fault. */
export class Connection {
	readonly path: string;
	readonly #database: Database.Database;
	readonly #statements = new Map<string, Statement>();
	readonly #dataVersion: Statement;
	readonly #wait: number;
	#hasWritten = false;
	#rowFiles: RowFiles | undefined;

	/**
	 * Creates the file if it is missing, readable by its owner only; SQLite gives its companions the same permissions.
	 * @param wait milliseconds to wait for other writers
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
			setWriteAheadLog(this, wait);
			// A sort that does not fit into the cache spills to the disk, so memory stays bounded.
			this.exec(
				`PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${readCache}; PRAGMA temp_store = FILE; PRAGMA wal_autocheckpoint = 4000`,
			);
			// The log grows while somebody reads for long; this returns the space to the disk afterwards.
			this.exec(`PRAGMA journal_size_limit = ${largestLog}`);
			this.#dataVersion = this.#statement('PRAGMA data_version');
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Changes when another connection has written; this connection's writes do not change it. */
	get dataVersion(): number {
		return this.#inWords(() => (this.#dataVersion.get([]) as Row)[0] as number);
	}

	/** Runs statements without values, separated by semicolons. */
	exec(sql: string): void {
		this.#inWords(() => this.#database.exec(sql));
	}

	run(sql: string, values: Row = []): void {
		this.#inWords(() => this.#statement(sql).run(values));
	}

	/**
	 * Inserts rows in their order.
	 * @param push appends the values of a row
	 */
	insert<Item>(insertion: Insertion, items: readonly Item[], push: (item: Item, to: Values) => void): void {
		if (!this.#rowFiles?.insert(insertion, items, push)) {
			insertion.run(items, push, (sql, values) => this.run(sql, values));
		}
	}

	/**
	 * Prepares for the insertion of very many rows. To be called outside of a transaction.
	 * @param insertion has all columns of its table in their order, the first being the INTEGER PRIMARY KEY
	 */
	expectMany(insertion: Insertion): void {
		this.#rowFiles ??= new RowFiles(this, insertion);
		this.#rowFiles.expectMore();
	}

	/** True if inserting many more rows costs less in another transaction. */
	get shouldCommit(): boolean {
		return this.#rowFiles?.allAreUsed ?? false;
	}

	/** The first row; undefined if there is none. */
	row(sql: string, values: Row = []): Row | undefined {
		return this.#inWords(() => this.#statement(sql).get(values) as Row | undefined);
	}

	/** All rows. They are held in memory, so limit them in the query. */
	rows(sql: string, values: Row = []): readonly Row[] {
		return this.#inWords(() => this.#statement(sql).all(values) as readonly Row[]);
	}

	/**
	 * All rows of a SELECT, fetched as one text: fetching thousands of values one by one takes longer than finding them.
	 * @param columns their names, each once
	 * @param select whose numbers are integers, since a text rounds others
	 */
	rowsAtOnce(columns: readonly string[], select: string, values: Row = []): Row[] {
		const [text] =
			this.row(`SELECT json_group_array(json_array(${columns.join(', ')})) FROM (${select})`, values) ?? [];
		return JSON.parse(text as string) as Row[];
	}

	/** Rows one at a time, for results too large for memory. The same statement must not run meanwhile. */
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

	/** Runs reads in one transaction: they do not see what others write meanwhile. */
	reading<Result>(work: () => Result): Result {
		return this.#transaction(() => this.exec('BEGIN'), work);
	}

	/** Runs writes in one transaction: either all of them are saved or none. */
	writing<Result>(work: () => Result): Result {
		return this.#transaction(() => this.begin(), work);
	}

	/** Like `writing`, but returns false and does nothing if another process is writing. */
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

	/** Begins writes that are saved together: `writing` is a part of them until `commit` or `rollback`. */
	begin(): void {
		this.#enlargeCache();
		try {
			this.#rowFiles ? this.#rowFiles.begin() : this.exec('BEGIN IMMEDIATE');
		} catch (error) {
			this.rollback();
			throw error;
		}
	}

	/** Saves all writes since `begin`. */
	commit(): void {
		this.exec('COMMIT');
		this.#rowFiles?.end();
	}

	/** Drops all writes since `begin`. */
	rollback(): void {
		// After a full disk, SQLite has rolled back already.
		if (this.#database.inTransaction) {
			this.exec('ROLLBACK');
		}
		this.#rowFiles?.end();
	}

	#enlargeCache(): void {
		if (!this.#hasWritten) {
			this.#hasWritten = true;
			this.exec(`PRAGMA cache_size = -${writeCache}`);
		}
	}

	#transaction<Result>(begin: () => void, work: () => Result): Result {
		if (this.#database.inTransaction) {
			return work();
		}
		begin();
		try {
			const result = work();
			this.commit();
			return result;
		} catch (error) {
			this.rollback();
			throw error;
		}
	}

	/** True within `reading` or `writing`. */
	get isInTransaction(): boolean {
		return this.#database.inTransaction;
	}

	close(): void {
		try {
			// SQLite does this when it closes, but the engine closes only after all statements have been collected.
			this.exec('PRAGMA wal_checkpoint(PASSIVE)');
		} catch (error) {
			// Committed data stays in the write-ahead log and is found there.
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
		this.#statements.clear();
		this.#inWords(() => this.#database.close());
		this.#rowFiles?.close();
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
