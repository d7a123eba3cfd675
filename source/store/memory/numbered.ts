/** Numbers values from 0 in order of arrival; each value is stored once, however many requests have it. */
export class Numbered<Value> {
	readonly #numbers = new Map<Value, number>();
	readonly #values: Value[] = [];
	/** The last number, because the next value is often the same. */
	#latest = -1;

	get count(): number {
		return this.#values.length;
	}

	/** -1 for undefined. */
	of(value: Value | undefined): number {
		if (value === undefined) {
			return -1;
		}
		if (this.#latest >= 0 && this.#values[this.#latest] === value) {
			return this.#latest;
		}
		let number = this.#numbers.get(value);
		if (number === undefined) {
			number = this.#values.push(value) - 1;
			this.#numbers.set(value, number);
		}
		this.#latest = number;
		return number;
	}

	/** Undefined for -1. */
	at(number: number): Value | undefined {
		return number < 0 ? undefined : this.#values[number];
	}
}
