/** A map that keeps the keys that were set last: logs grow without end. */
export class RecentMap<Value> {
	readonly #limit: number;
	readonly #values: Map<string, Value>;

	/** @param entries as `entries` gave them */
	constructor(limit: number, entries: readonly (readonly [string, Value])[] = []) {
		this.#limit = limit;
		this.#values = new Map(entries.slice(-limit));
	}

	get(key: string): Value | undefined {
		return this.#values.get(key);
	}

	set(key: string, value: Value): void {
		this.#values.delete(key);
		this.#values.set(key, value);
		if (this.#values.size > this.#limit) {
			this.#values.delete(this.#values.keys().next().value as string);
		}
	}

	/** Returns whether there was one. */
	delete(key: string): boolean {
		return this.#values.delete(key);
	}

	clear(): void {
		if (this.#values.size > 0) {
			this.#values.clear();
		}
	}

	/** The one that was set last comes last. */
	entries(): readonly (readonly [string, Value])[] {
		return [...this.#values];
	}
}
