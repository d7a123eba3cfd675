import type {Value} from '../file/connection.js';
import {isBroken} from './facts-row.js';

/** Which requests to look at. */
export type Rows = {
	/** [from, to). */
	readonly from: number;
	readonly to: number;
	/** Undefined takes all. */
	readonly lanes?: readonly number[] | undefined;
	readonly threads?: readonly number[] | undefined;
	readonly logs?: readonly number[] | undefined;
	readonly brokenOnly?: boolean | undefined;
};

/** So many threads at most are looked up one by one; for more, all requests of the time are looked through. */
const fewThreads = 2000;

/** Conditions beside the time, and their values. */
type Conditions = {
	/** Each begins with `AND`. @param first number of the parameter that their values begin at */
	readonly sql: (first: number) => string;
	readonly values: readonly Value[];
};

/** The SQL that chooses rows, and the values that it is bound to. */
export const conditionsOf = ({lanes, threads, logs, brokenOnly}: Omit<Rows, 'from' | 'to'>): Conditions => {
	const lists = [
		...(lanes ? [{column: '+lane', list: lanes}] : []),
		...(logs ? [{column: 'log', list: logs}] : []),
		// The plus keeps the index of threads out of it.
		...(threads ? [{column: threads.length > fewThreads ? '+thread' : 'thread', list: threads}] : []),
	];
	return {
		sql: first =>
			[
				...(brokenOnly ? [`AND ${isBroken}`] : []),
				...lists.map(({column, list}, index) =>
					// One thread's requests are in order already; those of many have to be sorted.
					list.length === 1
						? `AND ${column} = ?${first + index}`
						: `AND ${column} IN (SELECT value FROM json_each(?${first + index}))`,
				),
			].join(' '),
		values: lists.map(({list}) => (list.length === 1 ? (list[0] as number) : JSON.stringify(list))),
	};
};
