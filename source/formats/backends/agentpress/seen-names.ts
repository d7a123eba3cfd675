/** Names remembered, at least, and of these, the latest that are saved: what is billed twice is so within moments. */
const least = 10_000;
const mostSaved = 200;

/** Names that were seen: of the responses that were billed, of lines that were read. What is told twice counts once. */
export class SeenNames {
	/** Two generations: forgetting the oldest one by one takes longer with every id that was forgotten before. */
	#recent: Set<string>;
	#older: ReadonlySet<string> = new Set();

	constructor(saved: readonly string[] = []) {
		this.#recent = new Set(saved);
	}

	save(): readonly string[] {
		return [...this.#older, ...this.#recent].slice(-mostSaved);
	}

	has(id: string | undefined): boolean {
		return id !== undefined && (this.#recent.has(id) || this.#older.has(id));
	}

	/** The backend does not always tell a name. */
	add(id: string | undefined): void {
		if (id === undefined) {
			return;
		}
		this.#recent.add(id);
		if (this.#recent.size >= least) {
			this.#older = this.#recent;
			this.#recent = new Set();
		}
	}
}
