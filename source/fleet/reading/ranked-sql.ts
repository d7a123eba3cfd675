import {usualSql} from './measure-sql.js';
import type {Kept} from './taking.js';
import {allTaken, type Condition, rowsWhere} from './where.js';

/** A price of `priceText`, by its place there. Without one a token costs nothing. */
const price = (place: number): string => `toInt64OrZero(splitByChar('"', price)[${2 * place}])`;
const [cacheRead, cacheWrite5m, cacheWrite1h] = [2, 3, 4].map(price);

/** What tokens cost, where they cost as much more as these two prices differ: products of 64 bits do not fit into 64. */
const worth = (tokens: string, more: string | undefined, less: string | undefined): string =>
	`toDecimal128(${tokens}, 0) * toDecimal128(${more} - ${less}, 0)`;

const bridged = `toInt64(${usualSql.readOneHour}) - toInt64(${usualSql.cacheRead})`;

/** Of requests of one thread at one price what `mostNotable` and `lifetimesOf` look at, as in the columns of kept sums. */
export const rankedSql = {
	lost: `${usualSql.lostOneHour} + ${usualSql.lostFiveMinutes} + ${usualSql.lostInput}`,
	pauses: usualSql.pauses,
	bridged,
	longer: `${worth(bridged, cacheWrite1h, cacheRead)} - ${worth(usualSql.cacheWrite5m, cacheWrite1h, cacheWrite5m)}`,
	shorter: worth(usualSql.cacheWrite1h, cacheWrite1h, cacheWrite5m),
} as const;

const names = Object.keys(rankedSql) as (keyof typeof rankedSql)[];
/** No money, as SQL. */
export const noWorth = 'toDecimal128(0, 0)';

const named = (expressionOf: (name: keyof typeof rankedSql) => string): string =>
	names.map(name => `${expressionOf(name)} AS of_${name}`).join(', ');

/** Of each thread at each price, in the requests of a condition: its name, `held`, `asked`, and what `rankedSql` tells. */
export const rankedRows = (condition: Condition): string =>
	`SELECT thread AS name, toUInt64(0) AS held, count() AS asked, ${named(name => rankedSql[name])} FROM ${rowsWhere(condition)} GROUP BY thread, price`;

/** The same of kept sums. What is not taken was asked nothing, as one thread without a name. */
export const rankedKept = ({table, where, taken}: Kept): string => {
	const ifTaken = (column: string, none: string) => (taken === allTaken ? column : `if(${taken}, ${column}, ${none})`);
	const sums = named(name => ifTaken(name, name === 'longer' || name === 'shorter' ? noWorth : '0'));
	return `SELECT ${ifTaken('thread', "''")} AS name, requests AS held, ${ifTaken('requests', '0')} AS asked, ${sums} FROM ${table} WHERE ${where}`;
};
