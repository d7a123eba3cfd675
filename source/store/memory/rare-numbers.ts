import {grown} from './grown.js';

/** Numbers by row that few logs report; take no room until one does. */
export class RareNumbers {
	/** NaN if unknown; rows after the end are unknown. */
	#numbers = new Float64Array(0);

	set(row: number, number: number | undefined): void {
		const before = this.#numbers.length;
		if (number === undefined && row >= before) {
			return;
		}
		this.#numbers = grown(this.#numbers, row + 1);
		this.#numbers.fill(Number.NaN, before);
		this.#numbers[row] = number ?? Number.NaN;
	}

	at(row: number): number | undefined {
		const number = this.#numbers[row];
		return number === undefined || Number.isNaN(number) ? undefined : number;
	}
}
