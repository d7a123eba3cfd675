/** A map that keeps the latest keys: logs grow without end. */
export class RecentMap<Value> {
	readonly #values = new Map<string, Value>();

	constructor(private readonly limit = 4000) {}

	get(key: string): Value | undefined {
		return this.#values.get(key);
	}

	set(key: string, value: Value): void {
		this.#values.set(key, value);
		if (this.#values.size > this.limit) {
			this.#values.delete(this.#values.keys().next().value as string);
		}
	}
}
