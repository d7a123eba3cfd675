import {monotonic} from '../../time/monotonic.js';
import {arrayColumns, blockColumns, kinds} from '../reading/detail.js';
import {hourStates, hoursOf, hoursSql, rowsOf, sumLayout} from '../reading/hours.js';
import {blocksSql} from '../reading/measure-sql.js';
import {rankedSql} from '../reading/ranked-sql.js';
import {slotLength, slotsInHour} from '../reading/selection.js';
import {allTaken, host, rowsWhere} from '../reading/where.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {hourOf} from '../table/key.js';
import {laneKeys, laneSumTable, logKeys, logSumTable, threadKeys, threadSumTable} from '../table/tables.js';
import {sumDays} from './sum-days.js';
import {type Column, expressionsOf, insertGenerations, namesOf, newGen, same, sameReplica} from './sum-generation.js';

/** The result of a pass. */
export type Summed = {
	/** Hours that were summed, and those of them that changed in the meantime, whose sums are not used. */
	readonly hours: number;
	readonly changed: number;
};

/** How much is summed at a time, and until when. */
export type SumOptions = {
	/** Aborts the pass; the next one does the rest. */
	readonly signal?: AbortSignal | undefined;
	/** Approximate maximum of rows that are summed together. */
	readonly batch?: number | undefined;
	/** Epoch milliseconds; the server's time by default. */
	readonly now?: number | undefined;
};

const defaultBatch = 100_000;
/** Limits the length of a statement for a long run of small hours. */
const mostHours = 24 * 14;

/**
 * Computes sums of all hours that changed since their last generation; not of the current hour, which changes
 * constantly. The sums have the number of their generation, and are used once `summed_hour` marks it as complete. That
 * is written last, and only if the hour's rows are the same before and after. So a pass may be killed, repeated, or run
 * twice at the same time.
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
	// The number follows the batch's own time, not that of the pass, which may take hours: an old incomplete generation
	// is deleted.
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

/**
 * Groups hours that are summed together. @param changed hours with their state, which starts with the number of rows
 */
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

/** The hours that are summed together, and the number of their generation. */
type HoursToSum = {readonly hours: readonly number[]; readonly gen: string; readonly signal: AbortSignal | undefined};

/** Sums some hours. @returns how many of them are complete */
const makeSums = async (
	server: Pick<Clickhouse, 'run' | 'insert'>,
	ask: (sql: string) => ReturnType<Clickhouse['rows']>,
	{hours, gen, signal}: HoursToSum,
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
		await insertGenerations(server, complete, signal);
	}
	return complete.length;
};

const numbers = (found: readonly (readonly unknown[])[]): ReadonlyMap<number, number> =>
	new Map(found.map(([hour, count]) => [Number(hour), Number(count)]));

/** The five-minute slot of a row within its hour. */
const slotOfRow = `toUInt8(modulo(intDiv(time, ${slotLength}), ${slotsInHour}))`;

const {usual, ...otherArrays} = arrayColumns;
const otherSums: readonly Column[] = [
	...Object.entries(otherArrays),
	...blockColumns.map((name, index): Column => [name, `tupleElement(${blocksSql}, ${index + 1})`]),
];

/** Inserts sums of rows by hour and keys, with the number of a generation. */
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
