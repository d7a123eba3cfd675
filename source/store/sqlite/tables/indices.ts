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

/** Those that questions are answered by: ids are looked up by who writes alone. */
const forQuestions: readonly Index[] = names.filter(name => name !== 'request_key');

/**
 * The indices of the requests. Made of all requests at once they cost a third of what each costs that grows with them: a
 * store that is filled for the first time goes without until something needs one. Where its process ends before anything
 * was asked, the next that opens the store makes those that questions need; that of ids waits for the next that writes.
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

	/** Whether those that questions need are there, or would find nothing because the store is empty. */
	areMade(): boolean {
		return (
			forQuestions.every(name => !this.#lacking().has(name)) ||
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
			this.#database.writing(() => this.#needAll());
		}
	}

	/**
	 * The same, if it can be done now: what is asked is answered without, too, only slowly. Where another process writes or
	 * the disk is full, that is left to the next question.
	 */
	tryToComplete(): void {
		if (this.#database.isInTransaction || this.areMade()) {
			return;
		}
		try {
			if (!this.#database.writingUnlessBusy(() => this.#needAll())) {
				this.drop();
			}
		} catch (error) {
			this.drop();
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
	}

	#needAll(): void {
		for (const name of forQuestions) {
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
