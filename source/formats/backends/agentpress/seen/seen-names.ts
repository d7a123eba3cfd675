import {NameTable} from './name-table.js';

/** Minimum number of names kept, and number of those saved: repeated bills follow within moments. */
const least = 10_000;
const mostSaved = 200;

/** Names that have been seen: of billed responses, of lines read. Repeats are ignored. */
export class SeenNames {
	/** Two generations: removing the oldest names one by one would get slower and slower. */
	#recent = new NameTable();
	#older = new NameTable();
	/** Names from before that are not in a table yet: a log that has not changed needs none of them. */
	#saved: readonly string[];

	constructor(saved: readonly string[] = []) {
		this.#saved = saved;
	}

	save(): readonly string[] {
		this.#addSaved();
		return [...this.#older.latest(mostSaved), ...this.#recent.latest(mostSaved)].slice(-mostSaved);
	}

	has(name: string): boolean {
		this.#addSaved();
		return this.#recent.has(name) || this.#older.has(name);
	}

	add(name: string): void {
		this.#addSaved();
		this.#add(name);
	}

	#addSaved(): void {
		if (this.#saved.length > 0) {
			const names = this.#saved;
			this.#saved = [];
			for (const name of names) {
				this.#add(name);
			}
		}
	}

	#add(name: string): void {
		this.#recent.add(name);
		if (this.#recent.size >= least) {
			[this.#older, this.#recent] = [this.#recent, this.#older];
			this.#recent.clear();
		}
	}
}
