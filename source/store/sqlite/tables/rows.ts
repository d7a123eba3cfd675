import type {Value} from '../file/value.js';
import {isBroken} from './facts-row.js';

/** Selects requests. */
export type Rows = {
	/** [from, to). */
	readonly from: number;
	readonly to: number;
	/** Undefined selects all. */
	readonly lanes?: readonly number[] | undefined;
	readonly threads?: readonly number[] | undefined;
	readonly logs?: readonly number[] | undefined;
	readonly brokenOnly?: boolean | undefined;
};

/** Maximum number of threads looked up individually; for more, all requests of the period are scanned. */
const fewThreads = 2000;

/** Conditions besides the time, and their values. */
type Conditions = {
	/** Each starts with `AND`. @param first number of the first parameter */
	readonly sql: (first: number) => string;
	readonly values: readonly Value[];
};

/** The SQL that selects rows, and the values of its parameters. */
export const conditionsOf = ({lanes, threads, logs, brokenOnly}: Omit<Rows, 'from' | 'to'>): Conditions => {
	const lists = [
		...(lanes ? [{column: '+lane', list: lanes}] : []),
		...(logs ? [{column: 'log', list: logs}] : []),
		// The plus prevents SQLite from using the index of threads.
		...(threads ? [{column: threads.length > fewThreads ? '+thread' : 'thread', list: threads}] : []),
	];
	return {
		sql: first =>
			[
				...(brokenOnly ? [`AND ${isBroken}`] : []),
				...lists.map(({column, list}, index) =>
					// The requests of a single thread are in order already; those of several have to be sorted.
					list.length === 1
						? `AND ${column} = ?${first + index}`
						: `AND ${column} IN (SELECT value FROM json_each(?${first + index}))`,
				),
			].join(' '),
		values: lists.map(({list}) => (list.length === 1 ? (list[0] as number) : JSON.stringify(list))),
	};
};
