import {NameTable} from './name-table.js';

/** Minimum number of names kept, and number of those saved: repeated bills follow within moments. */
const least = 10_000;
const mostSaved = 200;

/** Names that have been seen: of billed responses, of lines read. Repeats are ignored. */
export class SeenNames {
	/** Two generations: removing the oldest names one by one would get slower and slower. */
	#recent = new NameTable();
	#older = new NameTable();

	constructor(saved: readonly string[] = []) {
		for (const name of saved) {
			this.add(name);
		}
	}

	save(): readonly string[] {
		return [...this.#older.latest(mostSaved), ...this.#recent.latest(mostSaved)].slice(-mostSaved);
	}

	has(name: string): boolean {
		return this.#recent.has(name) || this.#older.has(name);
	}

	add(name: string): void {
		this.#recent.add(name);
		if (this.#recent.size >= least) {
			[this.#older, this.#recent] = [this.#recent, this.#older];
			this.#recent.clear();
		}
	}
}
