import {grouped} from '../../metrics/grouped.js';
import type {ThreadNames} from '../thread-names.js';
import type {RequestColumns} from './request-columns.js';

/**
 * The rows of each thread, in the order of all rows; threads in the order of their first row.
 * @param rows all rows
 */
export function* threadRows(
	rows: Int32Array,
	{thread, threads}: RequestColumns,
	names: ThreadNames,
): Generator<readonly [name: string | undefined, rows: readonly number[]]> {
	// For each name, the number of the name that its thread goes by.
	const numbers = Int32Array.from({length: threads.count}, (_, number) => threads.of(names.of(threads.at(number))));
	const numberOf = (row: number): number => {
		const number = thread[row] as number;
		return number < 0 ? number : (numbers[number] as number);
	};
	for (const [number, own] of grouped(rows, numberOf)) {
		yield [threads.at(number), own];
	}
}
