import {grown} from './grown.js';

/** Rows by time; those of one time in the order in which they came. What comes later than all before it is put behind them. */
export class TimeOrder {
	#rows = new Int32Array(0);
	#count = 0;

	/** The times of rows are others now. */
	forget(): void {
		this.#count = 0;
	}

	/** Forgets the rows from one on. */
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

	/** All rows. @param times of each row, in no order  @param count how many rows there are */
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
