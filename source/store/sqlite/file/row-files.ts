import process from 'node:process';
import type {Insertion, Values} from './insertion.js';
import {RowCells} from './row-cells.js';
import {type Engine, RowFile} from './row-file.js';

/** Maximum number of files. */
const most = 4;
/** From this number of rows on, a file costs less than passing their values. */
const worthwhile = 200;

/** The row files of a connection, for one table; each can be used once per transaction. */
export class RowFiles {
	readonly #database: Engine;
	readonly #insertion: Insertion;
	readonly #files: RowFile[] = [];
	readonly #cells: RowCells;
	/** Number of files that were used in the latest transaction. */
	#used = 0;
	/** True if their rows still take room on the disk. */
	#areFilled = false;
	// On Windows, an open file cannot be deleted, so it could be left behind.
	#arePossible = process.platform !== 'win32';

	/** @param insertion has all columns of the table in their order, the first being the INTEGER PRIMARY KEY */
	constructor(database: Engine, insertion: Insertion) {
		this.#database = database;
		this.#insertion = insertion;
		this.#cells = new RowCells(insertion.columns.length);
	}

	/** True if all are used. */
	get allAreUsed(): boolean {
		return this.#used > 0 && this.#used === this.#files.length;
	}

	/** Adds one if the latest transaction used all. To be called outside of a transaction. */
	expectMore(): void {
		if (this.#arePossible && this.#used === this.#files.length && this.#used < most) {
			try {
				this.#files.push(new RowFile(this.#database, `rows${this.#used}`, this.#insertion));
			} catch {
				// It only takes longer without.
				this.#arePossible = false;
			}
		}
	}

	/** Begins a transaction that writes, like BEGIN IMMEDIATE, which would begin to read the row files as well. */
	begin(): void {
		this.#used = 0;
		// Not prepared: a statement that has failed because others write stays active, which no commit tolerates.
		this.#database.exec(`BEGIN; DELETE FROM main.${this.#insertion.into} WHERE FALSE`);
	}

	/** To be called when a transaction has ended. */
	end(): void {
		if (this.#areFilled) {
			this.#areFilled = false;
			for (const file of this.#files.slice(0, this.#used)) {
				file.empty();
			}
		}
	}

	/** Returns false, having inserted nothing, if the rows have to be inserted in another way. */
	insert<Item>(insertion: Insertion, items: readonly Item[], push: (item: Item, to: Values) => void): boolean {
		const file = insertion === this.#insertion && items.length >= worthwhile && this.#files[this.#used];
		if (!file) {
			return false;
		}
		this.#cells.clear();
		for (const item of items) {
			push(item, this.#cells);
		}
		if (!this.#cells.canBeEncoded) {
			return false;
		}
		this.#used++;
		this.#areFilled = true;
		return file.insert(this.#cells);
	}

	close(): void {
		for (const file of this.#files) {
			file.close();
		}
	}
}
