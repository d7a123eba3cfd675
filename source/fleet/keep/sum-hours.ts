import {monotonic} from '../../time/monotonic.js';
import {arrayColumns, blockColumns, kinds} from '../reading/detail.js';
import {hourStates, hoursOf, hoursSql, rowsOf, sumLayout} from '../reading/hours.js';
import {blocksSql} from '../reading/measure-sql.js';
import {rankedSql} from '../reading/ranked-sql.js';
import {slotLength, slotsInHour} from '../reading/taking.js';
import {allTaken, host, rowsWhere} from '../reading/where.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {hourOf} from '../table/key.js';
import {laneKeys, laneSumTable, logKeys, logSumTable, threadKeys, threadSumTable} from '../table/tables.js';
import {type Column, expressionsOf, insertMakings, namesOf, newGen, same, sameReplica} from './making.js';
import {sumDays} from './sum-days.js';

/** What a pass did. */
export type Summed = {
	/** Hours of which sums were made, and those of them that changed meanwhile: their sums are not read. */
	readonly hours: number;
	readonly changed: number;
};

/** How much is summed at a time, and until when. */
export type SumOptions = {
	/** Ends it; the hours that are left are for the next pass. */
	readonly signal?: AbortSignal | undefined;
	/** Rows that are summed together, about. */
	readonly batch?: number | undefined;
	/** Epoch milliseconds; the server's time unless told. */
	readonly now?: number | undefined;
};

const defaultBatch = 100_000;
/** A stretch of empty hours is no reason for a statement without an end. */
const mostHours = 24 * 14;

/**
 * Makes the sums of the hours that changed since theirs were made; not of the present hour, which changes all the time.
 * The sums of a making bear its number, and are read when `summed_hour` says that it is complete: that is written last,
 * and only where the hour's rows are the same before and after. So it may be killed, repeated, and run twice.
 */
export const sumHours = async (
	server: Pick<Clickhouse, 'rows' | 'run' | 'insert'>,
	{signal, batch = defaultBatch, now}: SumOptions = {},
): Promise<Summed> => {
	const ask = (sql: string) => server.rows(`${sql} ${sameReplica}`, signal);
	const {states, kept} = await hoursOf(ask);
	const [[time] = []] = await ask('SELECT toUnixTimestamp(now())');
	const serverTime = Number(time) * 1000;
	const asked = monotonic();
	// As of its own time, not of the pass, which may take hours: a making that is old and not complete is deleted.
	const nextGen = () => newGen(serverTime + monotonic() - asked);
	const present = hourOf(now ?? serverTime);
	const changed = [...states].filter(([hour]) => hour > 0 && hour < present && !kept.has(hour));
	let made = 0;
	for (const hours of batchesOf(changed, batch)) {
		signal?.throwIfAborted();
		made += await makeSums(server, ask, {hours, gen: nextGen(), signal});
	}
	await sumDays(server, ask, {present, nextGen});
	return {hours: changed.length, changed: changed.length - made};
};

/** Hours that are summed together. @param changed each with its state, which begins with the number of its rows */
const batchesOf = (
	changed: readonly (readonly [hour: number, state: string])[],
	most: number,
): readonly (readonly number[])[] => {
	const batches: number[][] = [];
	let held = Number.POSITIVE_INFINITY;
	for (const [hour, state] of changed) {
		const rowsOfHour = rowsOf(state);
		held += rowsOfHour;
		if (held > most || (batches.at(-1)?.length ?? 0) >= mostHours) {
			batches.push([]);
			held = rowsOfHour;
		}
		batches.at(-1)?.push(hour);
	}
	return batches;
};

/** Which hours are summed together, and what their making is called. */
type Making = {readonly hours: readonly number[]; readonly gen: string; readonly signal: AbortSignal | undefined};

/** Sums some hours. @returns how many of them are complete */
const makeSums = async (
	server: Pick<Clickhouse, 'run' | 'insert'>,
	ask: (sql: string) => ReturnType<Clickhouse['rows']>,
	{hours, gen, signal}: Making,
): Promise<number> => {
	const among = hoursSql(hours);
	const before = await hourStates(ask, among);
	const machine = (name: string): Column => (name === 'host' ? [name, host] : same(name));
	const of = {gen, among};
	for (const statement of [
		insertSql(laneSumTable, of, [['slot', slotOfRow], ...laneKeys.map(same), ...kinds.map(same)], otherSums),
		insertSql(
			logSumTable,
			of,
			[...logKeys.map(machine), ...kinds.map(same)],
			[...otherSums, ['received', 'max(received)']],
		),
		insertSql(threadSumTable, of, threadKeys.map(machine), Object.entries(rankedSql)),
	]) {
		await server.run(statement, signal);
	}
	const totalsIn = (table: string) =>
		ask(`SELECT hour, sum(requests) FROM ${table} WHERE gen = ${gen} AND ${among} GROUP BY hour`);
	const [lanes, logs, threads, counts, after] = await Promise.all([
		ask(
			`SELECT hour, slot, sum(requests), min(first), max(last) FROM ${laneSumTable} WHERE gen = ${gen} AND ${among} GROUP BY hour, slot`,
		),
		totalsIn(logSumTable),
		totalsIn(threadSumTable),
		ask(`SELECT hour, count() FROM ${rowsWhere({keyed: among, others: allTaken})} GROUP BY hour`),
		hourStates(ask, among),
	]);
	const totals = [logs, threads, counts].map(numbers);
	const complete = hours.flatMap(hour => {
		const slots = Array.from({length: slotsInHour}, () => 0);
		const own = lanes.filter(row => Number(row[0]) === hour);
		for (const [, slot, requests] of own) {
			slots[Number(slot)] = Number(requests);
		}
		const total = slots.reduce((sum, count) => sum + count, 0);
		const isWhole = totals.every(of => total === (of.get(hour) ?? 0));
		return before.get(hour) === after.get(hour) && isWhole
			? {
					hour,
					gen,
					hours: 1,
					layout: sumLayout,
					state: before.get(hour) ?? '',
					slots,
					first: own.reduce((first, row) => Math.min(first, Number(row[3])), Number.MAX_SAFE_INTEGER),
					last: own.reduce((last, row) => Math.max(last, Number(row[4])), 0),
				}
			: [];
	});
	if (complete.length > 0) {
		await insertMakings(server, complete, signal);
	}
	return complete.length;
};

const numbers = (found: readonly (readonly unknown[])[]): ReadonlyMap<number, number> =>
	new Map(found.map(([hour, count]) => [Number(hour), Number(count)]));

/** The slot of its hour that a row is in. */
const slotOfRow = `toUInt8(modulo(intDiv(time, ${slotLength}), ${slotsInHour}))`;

const {usual, ...otherArrays} = arrayColumns;
const otherSums: readonly Column[] = [
	...Object.entries(otherArrays),
	...blockColumns.map((name, index): Column => [name, `tupleElement(${blocksSql}, ${index + 1})`]),
];

/** Writes sums of rows by hour and keys, under the number of a making. */
const insertSql = (
	table: string,
	{gen, among}: {readonly gen: string; readonly among: string},
	keys: readonly Column[],
	more: readonly Column[],
): string => {
	const all: readonly Column[] = [
		same('hour'),
		['gen', `toUInt64(${gen})`],
		...keys,
		['requests', 'count()'],
		['first', 'min(time)'],
		['last', 'max(time)'],
		['usual', usual],
		...more,
	];
	const groups = ['hour', ...keys.map(([, expression]) => expression)];
	return `INSERT INTO ${table} (${namesOf(all)}) SELECT ${expressionsOf(all)} FROM ${rowsWhere({keyed: among, others: allTaken})} GROUP BY ${groups.join(', ')} ${sameReplica}`;
};
