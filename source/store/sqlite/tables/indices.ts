import {StoreError} from '../../store.js';
import type {Connection} from '../file/connection.js';
import {isBroken} from './facts-row.js';
import {isTold} from './request-row.js';

/** What each index of `request` holds. */
const definitions = {
	request_key: '(key)',
	request_time: '(time)',
	request_thread: '(thread, time)',
	request_broken: `(time) WHERE ${isBroken}`,
	request_told: `(time) WHERE ${isTold}`,
} as const;

type Index = keyof typeof definitions;
const names = Object.keys(definitions) as readonly Index[];

/** Those that all questions are answered by: ids are looked up by who writes, and where requests count for now. */
const forQuestions: readonly Index[] = names.filter(name => name !== 'request_key');

/**
 * The indices of the requests. Made of all requests at once they cost a third of what each costs that grows with them: a
 * store that is filled for the first time goes without until something needs one. Where its process ends before anything
 * was asked, the next that opens the store makes those that questions need; that of ids waits for the next that looks one up.
 */
export class Indices {
	readonly #database: Connection;
	#missing: Set<Index> | undefined;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Forgets which there are: another process may have made some, or a change was taken back. */
	drop(): void {
		this.#missing = undefined;
	}

	/**
	 * Whether these are there, or would find nothing because the store is empty.
	 * @param which those that questions need unless told otherwise
	 */
	areMade(which: readonly Index[] = forQuestions): boolean {
		return (
			which.every(name => !this.#lacking().has(name)) ||
			this.#database.row('SELECT 1 FROM request LIMIT 1') === undefined
		);
	}

	/** Makes one that is missing. */
	need(name: Index): void {
		if (this.#lacking().has(name)) {
			this.#database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON request ${definitions[name]}`);
			this.#lacking().delete(name);
		}
	}

	/** Makes those that questions need, where they are missing in a store that has requests. */
	complete(): void {
		if (!this.areMade()) {
			this.#database.writing(() => this.#needAll(forQuestions));
		}
	}

	/**
	 * The same, if it can be done now: what is asked is answered without, too, only slowly. Where another process writes or
	 * the disk is full, that is left to the next question.
	 * @param looksUpIds they ask for requests by id as well
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
