import {NameTable} from './name-table.js';

/** Names remembered, at least, and of these, the latest that are saved: what is billed twice is so within moments. */
const least = 10_000;
const mostSaved = 200;

/** Names that were seen: of the responses that were billed, of lines that were read. What is told twice counts once. */
export class SeenNames {
	/** Two generations: forgetting the oldest one by one takes longer with every id that was forgotten before. */
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
