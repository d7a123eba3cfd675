import {randomInt} from 'node:crypto';
import {allMeasures} from '../../metrics/sums/measures.js';
import {
	dayState,
	hasAllHours,
	hourStates,
	hoursInDay,
	hoursOf,
	hoursOfDay,
	hoursSql,
	type KeptHour,
	rowsOf,
	sumLayout,
} from '../reading/hours.js';
import {measuresSql} from '../reading/sums.js';
import {makingsSql, slotLength, slotsInHour} from '../reading/taking.js';
import {host, rows} from '../reading/where.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {hourOf} from '../table/key.js';
import {laneKeys, laneSumTable, logKeys, logSumTable, summedHourTable} from '../table/tables.js';

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
 * Of a cluster, the same replica is asked and written to as long as it is there: what one was just told another may not
 * know yet.
 */
const sameReplica = "SETTINGS load_balancing = 'in_order'";

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
	const present = hourOf(now ?? Number(time) * 1000);
	const changed = [...states].filter(([hour]) => hour > 0 && hour < present && !kept.has(hour));
	let made = 0;
	for (const hours of batchesOf(changed, batch)) {
		signal?.throwIfAborted();
		made += await makeSums(server, ask, hours, signal);
	}
	await sumDays(server, ask, present);
	return {hours: changed.length, changed: changed.length - made};
};

/** Adds up the sums of the hours by log, for the days that are over and have all of them. */
const sumDays = async (
	server: Pick<Clickhouse, 'run' | 'insert'>,
	ask: (sql: string) => ReturnType<Clickhouse['rows']>,
	present: number,
): Promise<void> => {
	const hours = await hoursOf(ask);
	const firsts = [...new Set([...hours.kept.keys()].map(hour => hour - (hour % hoursInDay)))];
	const wanted = firsts.filter(
		first => first + hoursInDay <= present && !hours.days.has(first) && hasAllHours(hours, first),
	);
	for (const first of wanted) {
		const gen = newGen();
		const own = hoursOfDay(first).filter(hour => hours.kept.has(hour));
		const keys = [...logKeys];
		const made = makingsSql(own.map(hour => [hour, (hours.kept.get(hour) as KeptHour).gen]));
		await server.run(
			`INSERT INTO ${logSumTable} (hour, gen, ${keys.join(', ')}, received, requests, first, last, measures) SELECT toUInt32(${first}), toUInt64(${gen}), ${keys.join(', ')}, max(received), sum(requests), min(first), max(last), sumForEach(measures) FROM ${logSumTable} WHERE ${made} GROUP BY ${keys.join(', ')} ${sameReplica}`,
		);
		const [[total] = []] = await ask(`SELECT sum(requests) FROM ${logSumTable} WHERE hour = ${first} AND gen = ${gen}`);
		const expected = own.flatMap(hour => hours.kept.get(hour)?.slots ?? []).reduce((sum, count) => sum + count, 0);
		if (Number(total) === expected) {
			const state = dayState(hours.states, first);
			await insertMakings(server, [
				{hour: first, gen, hours: hoursInDay, layout: sumLayout, state, slots: [], first: 0, last: 0},
			]);
		}
	}
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

/** Sums some hours. @returns how many of them are complete */
const makeSums = async (
	server: Pick<Clickhouse, 'run' | 'insert'>,
	ask: (sql: string) => ReturnType<Clickhouse['rows']>,
	hours: readonly number[],
	signal: AbortSignal | undefined,
): Promise<number> => {
	const gen = newGen();
	const among = hoursSql(hours);
	const before = await hourStates(ask, among);
	await server.run(insertSql(laneSumTable, gen, among, [['slot', slotOfRow], ...laneKeys.map(same)]), signal);
	await server.run(
		insertSql(
			logSumTable,
			gen,
			among,
			logKeys.map(name => (name === 'host' ? [name, host] : same(name))),
			[['received', 'max(received)']],
		),
		signal,
	);
	const [lanes, logs, counts, after] = await Promise.all([
		ask(
			`SELECT hour, slot, sum(requests), min(first), max(last) FROM ${laneSumTable} WHERE gen = ${gen} AND ${among} GROUP BY hour, slot`,
		),
		ask(`SELECT hour, sum(requests) FROM ${logSumTable} WHERE gen = ${gen} AND ${among} GROUP BY hour`),
		ask(`SELECT hour, count() FROM ${rows} WHERE gone = 0 AND ${among} GROUP BY hour`),
		hourStates(ask, among),
	]);
	const ofLogs = numbers(logs);
	const ofRows = numbers(counts);
	const complete = hours.flatMap(hour => {
		const slots = Array.from({length: slotsInHour}, () => 0);
		const own = lanes.filter(row => Number(row[0]) === hour);
		for (const [, slot, requests] of own) {
			slots[Number(slot)] = Number(requests);
		}
		const total = slots.reduce((sum, count) => sum + count, 0);
		const isWhole = total === (ofLogs.get(hour) ?? 0) && total === (ofRows.get(hour) ?? 0);
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

/** Says that sums are complete. */
const insertMakings = async (
	server: Pick<Clickhouse, 'insert'>,
	makings: readonly Readonly<Record<string, unknown>>[],
	signal?: AbortSignal,
): Promise<void> => server.insert(summedHourTable, Object.keys(makings[0] ?? {}), makings, signal);

/** What no other making is called. */
const newGen = (): string => String(randomInt(1, 2 ** 48 - 1));

const numbers = (found: readonly (readonly unknown[])[]): ReadonlyMap<number, number> =>
	new Map(found.map(([hour, count]) => [Number(hour), Number(count)]));

/** The slot of its hour that a row is in. */
const slotOfRow = `toUInt8(modulo(intDiv(time, ${slotLength}), ${slotsInHour}))`;

type Column = readonly [name: string, expression: string];

const same = (name: string): Column => [name, name];

/** Writes sums of rows by hour and keys. */
const insertSql = (
	table: string,
	gen: string,
	among: string,
	keys: readonly Column[],
	more: readonly Column[] = [],
): string => {
	const all: readonly Column[] = [
		same('hour'),
		['gen', `toUInt64(${gen})`],
		...keys,
		...more,
		['requests', 'count()'],
		['first', 'min(time)'],
		['last', 'max(time)'],
		['measures', measuresSql(allMeasures)],
	];
	const groups = ['hour', ...keys.map(([, expression]) => expression)];
	return `INSERT INTO ${table} (${all.map(([name]) => name).join(', ')}) SELECT ${all.map(([, expression]) => expression).join(', ')} FROM ${rows} WHERE gone = 0 AND ${among} GROUP BY ${groups.join(', ')} ${sameReplica}`;
};
