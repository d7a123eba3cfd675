import {type Moment, ReadMoment} from '../moment.js';
import type {Outcome} from '../outcome.js';
import {numberKeys} from '../outcome-numbers.js';
import {lineName} from './line-name.js';

/** Values per line: the microseconds within the second, whether it is an outcome, and the outcome's numbers. */
const rowLength = 2 + numberKeys.length;
const firstNumber = 2;
/** Instead of microseconds, if the time is kept as written. */
const asWritten = -2;
/** Instead of a number that an outcome does not contain. */
const untold = -1;
const mostOfNumber = 2 ** 31 - 1;

const fits = ({prompt = 0, completion = 0, total = 0, read = 0, write = 0, writeOneHour = 0}: Outcome): boolean =>
	Math.max(prompt, completion, total, read, write, writeOneHour) <= mostOfNumber;

/**
 * Lines in reusable columns, because an object per line would outlive thousands of others. As narrow as possible:
 * writing to them evicts other data from the processor's cache.
 */
export class LineColumns {
	#length = 0;
	#numbers = new Int32Array(16 * rowLength);
	readonly #times: number[] = [];
	readonly #owners: string[] = [];
	/** The model of a call, or the wording of an outcome. */
	readonly #told: string[] = [];
	/** Times that cannot be expressed as numbers, as written, by line. */
	readonly #stamps = new Map<number, string>();

	get length(): number {
		return this.#length;
	}

	clear(): void {
		this.#length = 0;
		this.#stamps.clear();
	}

	/**
	 * @param told the model of a call, or an outcome
	 * @returns false if a number is too large for its column
	 */
	add(owner: string, at: Moment, told: string | Outcome): boolean {
		const outcome = typeof told === 'string' ? undefined : told;
		if (outcome && !fits(outcome)) {
			return false;
		}
		const index = this.#length++;
		const place = index * rowLength;
		if (place === this.#numbers.length) {
			this.#grow();
		}
		const numbers = this.#numbers;
		this.#times[index] = at.time;
		this.#owners[index] = owner;
		this.#told[index] = typeof told === 'string' ? told : told.wording;
		if (at instanceof ReadMoment) {
			numbers[place] = at.microseconds;
		} else {
			numbers[place] = asWritten;
			this.#stamps.set(index, at.stamp);
		}
		numbers[place + 1] = outcome ? 1 : 0;
		if (outcome) {
			numbers[place + 2] = outcome.prompt ?? untold;
			numbers[place + 3] = outcome.completion ?? untold;
			numbers[place + 4] = outcome.total ?? untold;
			numbers[place + 5] = outcome.read ?? untold;
			numbers[place + 6] = outcome.write ?? untold;
			numbers[place + 7] = outcome.writeOneHour ?? untold;
		}
		return true;
	}

	/** The names of the latest lines, the very last at the end. */
	names(most: number): readonly string[] {
		const first = Math.max(0, this.#length - most);
		return Array.from({length: this.#length - first}, (_, index) => this.#name(first + index));
	}

	#name(index: number): string {
		const row = this.#numbers.subarray(index * rowLength, (index + 1) * rowLength);
		const [microseconds = 0, isOutcome] = row;
		const stamp = this.#stamps.get(index) ?? new ReadMoment(this.#times[index] as number, microseconds).stamp;
		const numbers =
			isOutcome === 1 ? Array.from(row.subarray(firstNumber), tokens => (tokens === untold ? undefined : tokens)) : [];
		return lineName(this.#owners[index] as string, stamp, this.#told[index] as string, numbers);
	}

	#grow(): void {
		const longer = new Int32Array(2 * this.#numbers.length);
		longer.set(this.#numbers);
		this.#numbers = longer;
	}
}
