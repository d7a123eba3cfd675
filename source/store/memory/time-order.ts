import {grown} from './grown.js';

/** Rows by time; rows of equal time in order of arrival. Rows that are later than all others are simply appended. */
export class TimeOrder {
	#rows = new Int32Array(0);
	#count = 0;

	/** Called when the times of rows have changed. */
	forget(): void {
		this.#count = 0;
	}

	/** Drops all rows from one on. */
	truncate(count: number): void {
		let kept = 0;
		for (let at = 0; at < this.#count; at++) {
			const row = this.#rows[at] as number;
			if (row < count) {
				this.#rows[kept++] = row;
			}
		}
		this.#count = kept;
	}

	/** All rows. @param times by row, unordered @param count number of rows */
	of(times: Float64Array, count: number): Int32Array {
		this.#rows = grown(this.#rows, count);
		const rows = this.#rows;
		let isAscending = true;
		for (let row = this.#count; row < count; row++) {
			rows[row] = row;
			isAscending &&= row === 0 || (times[rows[row - 1] as number] as number) <= (times[row] as number);
		}
		this.#count = count;
		const all = rows.subarray(0, count);
		return isAscending
			? all
			: all.sort((one, other) => (times[one] as number) - (times[other] as number) || one - other);
	}
}
