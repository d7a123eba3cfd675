/** Minimum number of entries kept; there are at most twice as many between trims. */
const enough = 5000;

/** A cache of recently used entries. Entries that are not used between two trims are dropped. */
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
