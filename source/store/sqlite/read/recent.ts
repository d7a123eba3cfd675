/** Those that are remembered at least; between two trims there are at most twice as many. */
const enough = 5000;

/** Remembers what was met lately. What is not met between two trims that had enough to remember is forgotten. */
export class Recent<Key, Value> {
	#now = new Map<Key, Value>();
	#before = new Map<Key, Value>();

	get(key: Key): Value | undefined {
		const value = this.#now.get(key);
		if (value !== undefined) {
			return value;
		}
		const older = this.#before.get(key);
		if (older !== undefined) {
			this.#now.set(key, older);
		}
		return older;
	}

	set(key: Key, value: Value): void {
		this.#now.set(key, value);
	}

	/** Those that were met since the last trim that had enough, and maybe others. */
	values(): Iterable<Value> {
		return this.#now.values();
	}

	delete(key: Key): void {
		this.#now.delete(key);
		this.#before.delete(key);
	}

	clear(): void {
		this.#now.clear();
		this.#before.clear();
	}

	trim(): void {
		if (this.#now.size > enough) {
			this.#before = this.#now;
			this.#now = new Map();
		}
	}
}
