import {usualSql} from './measure-sql.js';
import {allTaken, type Condition, rowsWhere} from './where.js';

/** SQL for one price of a `priceText`, by its index; 0 if it is missing. */
const price = (place: number): string => `toInt64OrZero(splitByChar('"', price)[${2 * place}])`;
const [cacheRead, cacheWrite5m, cacheWrite1h] = [2, 3, 4].map(price);

/** SQL for the cost of tokens at the difference of two prices. Products of 64-bit numbers need more than 64 bits. */
const worth = (tokens: string, more: string | undefined, less: string | undefined): string =>
	`toDecimal128(${tokens}, 0) * toDecimal128(${more} - ${less}, 0)`;

const bridged = `toInt64(${usualSql.readOneHour}) - toInt64(${usualSql.cacheRead})`;

/** What `mostNotable` and `lifetimesOf` need, of the requests of a thread at one price; columns of stored sums. */
export const rankedSql = {
	lost: `${usualSql.lostOneHour} + ${usualSql.lostFiveMinutes} + ${usualSql.lostInput}`,
	pauses: usualSql.pauses,
	bridged,
	longer: `${worth(bridged, cacheWrite1h, cacheRead)} - ${worth(usualSql.cacheWrite5m, cacheWrite1h, cacheWrite5m)}`,
	shorter: worth(usualSql.cacheWrite1h, cacheWrite1h, cacheWrite5m),
} as const;

const names = Object.keys(rankedSql) as (keyof typeof rankedSql)[];
/** No cost, as SQL. */
export const noWorth = 'toDecimal128(0, 0)';

const named = (expressionOf: (name: keyof typeof rankedSql) => string): string =>
	names.map(name => `${expressionOf(name)} AS of_${name}`).join(', ');

/** SQL for the numbers that threads are ranked by, by thread and price, from rows. */
export const rankedRows = (condition: Condition): string =>
	`SELECT thread AS name, toUInt64(0) AS held, count() AS asked, ${named(name => rankedSql[name])} FROM ${rowsWhere(condition)} GROUP BY thread, price`;

/** The part of a selection's `Kept` that is read here. */
type KeptSums = {readonly table: string; readonly where: string; readonly taken: string};

/** The same from stored sums. Sums outside of the selection count as 0, for one thread without a name. */
export const rankedKept = ({table, where, taken}: KeptSums): string => {
	const ifTaken = (column: string, none: string) => (taken === allTaken ? column : `if(${taken}, ${column}, ${none})`);
	const sums = named(name => ifTaken(name, name === 'longer' || name === 'shorter' ? noWorth : '0'));
	return `SELECT ${ifTaken('thread', "''")} AS name, requests AS held, ${ifTaken('requests', '0')} AS asked, ${sums} FROM ${table} WHERE ${where}`;
};
