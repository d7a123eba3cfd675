import type {Tables} from '../tables/tables.js';
import type {Selection} from './selection.js';

/**
 * A selection as SQL conditions on rows with a lane, a log and a thread.
 * @param first number of the first parameter
 */
export const takenSql = (
	{threads}: Tables,
	{whole, partly}: Selection,
	first: number,
): {readonly sql: string; readonly values: readonly string[]} => {
	if (!whole) {
		return {sql: 'TRUE', values: []};
	}
	const values: string[] = [];
	const isIn = (column: string, list: readonly number[] | undefined): string =>
		list === undefined
			? 'TRUE'
			: `${column} IN (SELECT value FROM json_each(?${first - 1 + values.push(JSON.stringify(list))}))`;
	const conditions = [
		isIn('lane', whole),
		...partly.map(({lanes, logs, pieces}) => {
			const holding = pieces.length === 0 ? undefined : threads.holding(pieces);
			return `(${isIn('lane', lanes)} AND ${isIn('log', logs)} AND ${isIn('thread', holding)})`;
		}),
	];
	return {sql: `(${conditions.join(' OR ')})`, values};
};
