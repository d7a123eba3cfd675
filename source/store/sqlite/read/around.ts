import {breakCauses} from '../../../metrics/breaks/loss.js';
import {
	type Around,
	aroundOf,
	bothAround,
	type EventGroup,
	type PriceOf,
} from '../../../metrics/breaks/suspects/around.js';
import {isOpen} from '../../../metrics/breaks/suspects/suspicious.js';
import type {Measure} from '../../../metrics/sums/measures.js';
import {totalOf} from '../../../metrics/sums/parts.js';
import {inWindow, stretchesOf, type Window} from '../../../metrics/windows/window.js';
import {type Request, untimed} from '../../../request.js';
import {measuredFlag} from '../../request-flags.js';
import {lost} from '../tables/facts-row.js';
import {isTold} from '../tables/request-row.js';
import type {Tables} from '../tables/tables.js';
import {newest} from './newest.js';
import type {Query} from './query.js';
import type {Reader} from './reader.js';
import {takenSql} from './taken-sql.js';

const openCauses = breakCauses.filter(isOpen);

const measuresAround: readonly Measure[] = [
	'requests',
	'measured',
	...openCauses.map(cause => `${cause}Breaks` as const),
];

/** SQL condition for rows of breaks with an open cause. */
const isOpenBreak = `coalesce(loss, -1) IN (${openCauses.map(cause => breakCauses.indexOf(cause)).join(', ')})`;
const totalOfBreaks = (tokens: string): string => `CAST(total(${tokens}) FILTER (WHERE ${isOpenBreak}) AS INTEGER)`;

/**
 * What surrounds the newest requests of a window; reads sums, and requests only at the edge.
 * @param most maximum number of requests
 */
export const around = (tables: Tables, reader: Reader, priceOf: PriceOf, query: Query, most: number): Around => {
	const {window, provisional} = query;
	if (provisional.length >= most) {
		return aroundOf(newest(reader, tables.requests, query, {most, isWanted: () => true}), priceOf);
	}
	const oldest = oldestOf(tables, query, most);
	if (oldest === undefined) {
		return wholeAround(tables, reader, priceOf, query);
	}
	const later = wholeAround(
		tables,
		reader,
		priceOf,
		within(query, {...window, name: 'custom', from: Math.max(oldest + 1, window.from)}),
	);
	const left = most - later.requests;
	const tied = newest(reader, tables.requests, within(query, {...window, to: oldest + 1}), {
		most: left,
		isWanted: () => true,
	});
	return bothAround(aroundOf(tied, priceOf), later);
};

/**
 * A time such that fewer requests than wanted are later, and at least as many are not earlier; undefined if the window
 * has fewer. Provisional requests are few, and are treated as the newest.
 */
const oldestOf = (tables: Tables, {window, selection, provisional}: Query, most: number): number | undefined => {
	const taken = takenSql(tables, selection, 5);
	const stretches = stretchesOf(window);
	const [first, last] = [stretches[0], stretches.at(-1)];
	const end = Math.max(...stretches.map(({to}) => to));
	const [time] =
		tables.database.row(
			`SELECT time FROM request WHERE time >= ?1 AND time < ?2 AND (time >= ?3 OR time = ${untimed}) AND ${taken.sql}
			ORDER BY time DESC LIMIT 1 OFFSET ?4`,
			[first?.from ?? 0, end, last?.from ?? 0, Math.max(0, most - 1 - provisional.length), ...taken.values],
		) ?? [];
	return time as number | undefined;
};

const within = (query: Query, window: Window): Query => ({
	...query,
	window,
	provisional: query.provisional.filter(({request}) => inWindow(request.time, window)),
});

/** What surrounds all requests of a window. */
const wholeAround = (tables: Tables, reader: Reader, priceOf: PriceOf, query: Query): Around => {
	const {window, provisional} = query;
	const total = totalOf(reader.byTime(query, undefined, () => undefined, measuresAround));
	return {
		requests: total.requests,
		measured: total.measured,
		open: openCauses.reduce((sum, cause) => sum + total[`${cause}Breaks`], 0),
		told: [
			...stretchesOf(window).flatMap(({from, to}) => toldIn(tables, query, from, to)),
			...aroundOf(provisional, priceOf).told,
		],
	};
};

const toldIn = (tables: Tables, {selection}: Query, from: number, to: number): readonly EventGroup[] => {
	const taken = takenSql(tables, selection, 3);
	return tables.database
		.rowsAtOnce(
			['events', 'lane', 'requests', 'open', 'one_hour', 'five_minutes', 'input'],
			`SELECT events, lane, count(*) AS requests, count(*) FILTER (WHERE ${isOpenBreak}) AS open,
				${totalOfBreaks(lost.oneHour)} AS one_hour, ${totalOfBreaks(lost.fiveMinutes)} AS five_minutes,
				${totalOfBreaks(lost.input)} AS input
			FROM request WHERE ${isTold} AND time >= ?1 AND time < ?2 AND (flags & ${measuredFlag}) AND ${taken.sql}
			GROUP BY events, lane`,
			[from, to, ...taken.values],
		)
		.map(([events, lane, requests, open, oneHour, fiveMinutes, input]) => ({
			events: JSON.parse(events as string) as NonNullable<Request['events']>,
			requests: requests as number,
			open: open as number,
			lost: {oneHour: oneHour as number, fiveMinutes: fiveMinutes as number, input: input as number},
			price: tables.lanes.lane(lane as number).price,
		}));
};
