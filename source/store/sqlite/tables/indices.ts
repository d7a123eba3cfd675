import {StoreError} from '../../store.js';
import type {Connection} from '../file/connection.js';
import {isBroken} from './facts-row.js';
import {isTold} from './request-row.js';

/** The columns of each index of `request`. */
const definitions = {
	request_key: '(key)',
	request_time: '(time)',
	request_thread: '(thread, time)',
	request_broken: `(time) WHERE ${isBroken}`,
	request_told: `(time) WHERE ${isTold}`,
} as const;

type Index = keyof typeof definitions;
const names = Object.keys(definitions) as readonly Index[];

/** The indices that queries need; ids are looked up only when writing, and for provisional requests. */
const forQuestions: readonly Index[] = names.filter(name => name !== 'request_key');

/**
 * The indices of requests. Building them at once costs a third of maintaining them during inserts, so a store that is
 * filled for the first time has none until one is needed. If its process ends first, the next one builds those for
 * queries; that of ids is built at the first look-up.
 */
export class Indices {
	readonly #database: Connection;
	#missing: Set<Index> | undefined;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops its cache, because another process may have created indices, or a transaction was rolled back. */
	drop(): void {
		this.#missing = undefined;
	}

	/**
	 * True if the indices exist, or are not needed because the store is empty.
	 * @param which by default, those that queries need
	 */
	areMade(which: readonly Index[] = forQuestions): boolean {
		return (
			which.every(name => !this.#lacking().has(name)) ||
			this.#database.row('SELECT 1 FROM request LIMIT 1') === undefined
		);
	}

	/** Builds an index if missing. */
	need(name: Index): void {
		if (this.#lacking().has(name)) {
			this.#database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON request ${definitions[name]}`);
			this.#lacking().delete(name);
		}
	}

	/** Builds the missing indices for queries, if the store has requests. */
	complete(): void {
		if (!this.areMade()) {
			this.#database.writing(() => this.#needAll(forQuestions));
		}
	}

	/**
	 * Builds missing indices if possible at the moment. Queries work without, but slowly, so if another process writes
	 * or the disk is full, this is left to a later query.
	 * @param looksUpIds true if queries look up ids as well
	 */
	tryToComplete(looksUpIds: boolean): void {
		const which = looksUpIds ? names : forQuestions;
		if (this.#database.isInTransaction || this.areMade(which)) {
			return;
		}
		try {
			if (!this.#database.writingUnlessBusy(() => this.#needAll(which))) {
				this.drop();
			}
		} catch (error) {
			this.drop();
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
	}

	#needAll(which: readonly Index[]): void {
		for (const name of which) {
			this.need(name);
		}
	}

	#lacking(): Set<Index> {
		if (!this.#missing) {
			const found = this.#database.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'request'");
			const made = new Set(found.map(([name]) => name));
			this.#missing = new Set(names.filter(name => !made.has(name)));
		}
		return this.#missing;
	}
}
