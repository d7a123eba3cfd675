import {hash} from 'node:crypto';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {integer, literal} from '../table/literal.js';
import {requestTable, summedHourTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {arrayColumns} from './detail.js';
import {blocksSql} from './measure-sql.js';
import {rankedSql} from './ranked-sql.js';

/** Valid sums of an hour. */
export type KeptHour = {
	/** Number of their generation, as decimal text. */
	readonly gen: string;
	/** Number of requests in each five-minute slot. */
	readonly slots: readonly number[];
	/** Time of the first and of the last request, in epoch milliseconds. */
	readonly first: number;
	readonly last: number;
};

/** The hours of the table of requests, numbered as in its column `hour`. */
export type Hours = {
	/** A text per hour that changes with every row that arrives. */
	readonly states: ReadonlyMap<number, string>;
	/** Hours with valid sums. */
	readonly kept: ReadonlyMap<number, KeptHour>;
	/** Days with valid sums, by their first hour: the number of their generation. All their hours have sums as well. */
	readonly days: ReadonlyMap<number, string>;
};

/** Days start at midnight UTC, as hours are numbered. */
export const hoursInDay = 24;

/** The hours of a day, given its first hour. */
export const hoursOfDay = (first: number): readonly number[] =>
	Array.from({length: hoursInDay}, (_, index) => first + index);

/** The state of a day, derived from those of its hours; undefined if it has none. */
export const dayState = (states: ReadonlyMap<number, string>, first: number): string | undefined => {
	const found = hoursOfDay(first).map(hour => states.get(hour) ?? '');
	return found.some(state => state !== '') ? hash('sha256', found.join('\n'), 'hex') : undefined;
};

/** Identifies the measures and their order; sums with another layout are ignored. */
export const sumLayout: string = hash('sha256', JSON.stringify([arrayColumns, blocksSql, rankedSql]), 'hex').slice(
	0,
	16,
);

/**
 * The state of each hour: the number of its rows and a sum of hashes of their versions. It does not depend on times, so
 * that rows which become visible late, or on another replica, change it as well. Replaced rows count until they are
 * merged away, which at worst causes sums to be recomputed.
 * @param condition on the column `hour`
 */
export const hourStates = async (ask: Ask, condition = '1'): Promise<ReadonlyMap<number, string>> => {
	const found = await ask(
		`SELECT hour, count(), toString(sum(intHash64(ver))) FROM ${requestTable} WHERE ${condition} GROUP BY hour ORDER BY hour`,
	);
	return new Map(found.map(([hour, count, state]) => [Number(hour), `${count} ${state}`]));
};

/** The number of rows of an hour, from its state. */
export const rowsOf = (state: string): number => Number.parseInt(state, 10);

/** Reads which hours exist and which of their sums are valid. */
export const hoursOf = async (ask: Ask): Promise<Hours> => {
	const [states, made] = await Promise.all([hourStates(ask), generations(ask)]);
	const kept = new Map<number, KeptHour>();
	const days = new Map<number, string>();
	for (const [hour, hours, state, ...generation] of made) {
		const at = Number(hour);
		if (Number(hours) === 1 && states.get(at) === state) {
			kept.set(at, keptHour(generation));
		}
		if (Number(hours) === hoursInDay && dayState(states, at) === state) {
			days.set(at, String(generation[0]));
		}
	}
	for (const first of days.keys()) {
		if (!hasAllHours({states, kept}, first)) {
			days.delete(first);
		}
	}
	return {states, kept, days};
};

/** True if all hours of a day that have rows have sums. */
export const hasAllHours = ({states, kept}: Pick<Hours, 'states' | 'kept'>, first: number): boolean =>
	hoursOfDay(first).every(hour => !states.has(hour) || kept.has(hour));

/** All complete generations; none if the fleet's tables are older than sums. */
const generations = async (ask: Ask): ReturnType<Ask> => {
	try {
		return await ask(
			`SELECT hour, hours, state, toString(gen), slots, first, last FROM ${summedHourTable} WHERE layout = ${literal(sumLayout)} ORDER BY hour, gen`,
		);
	} catch (error) {
		if (error instanceof ClickhouseError && error.code === noSuchTable) {
			return [];
		}
		throw error;
	}
};

/** ClickHouse's error code for a missing table. */
const noSuchTable = 60;

const keptHour = ([gen, slots, first, last]: readonly unknown[]): KeptHour => ({
	gen: String(gen),
	slots: (slots as readonly unknown[]).map(Number),
	first: Number(first),
	last: Number(last),
});

/** Runs of consecutive whole numbers: the first and the last of each. */
export const runsOf = (numbers: Iterable<number>): readonly (readonly [first: number, last: number])[] => {
	const runs: [first: number, last: number][] = [];
	for (const number of [...new Set(numbers)].sort((one, other) => one - other)) {
		const last = runs.at(-1);
		if (last && last[1] === number - 1) {
			last[1] = number;
		} else {
			runs.push([number, number]);
		}
	}
	return runs;
};

/** A condition on the column `hour`, as SQL; consecutive hours become ranges, since there may be years of them. */
export const hoursSql = (hours: Iterable<number>): string => {
	const runs = runsOf(hours);
	const single = runs.filter(([first, last]) => first === last).map(([first]) => integer(first));
	const wide = runs.filter(([first, last]) => first < last);
	const conditions = [
		...(single.length > 0 ? [`hour IN (${single.join(', ')})`] : []),
		...wide.map(([first, last]) => `hour BETWEEN ${integer(first)} AND ${integer(last)}`),
	];
	return conditions.length === 0 ? '0' : `(${conditions.join(' OR ')})`;
};
