import {hash} from 'node:crypto';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {integer, literal} from '../table/literal.js';
import {requestTable, summedHourTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {arrayColumns} from './detail.js';
import {blocksSql} from './measure-sql.js';
import {rankedSql} from './ranked-sql.js';

/** Sums of an hour that hold for the rows that the hour has now. */
export type KeptHour = {
	/** Which making of them, as decimal text. */
	readonly gen: string;
	/** Requests in each slot of five minutes. */
	readonly slots: readonly number[];
	/** Of its first and last request, epoch milliseconds. */
	readonly first: number;
	readonly last: number;
};

/** The hours of the table of requests, as its column `hour` numbers them. */
export type Hours = {
	/** What each hour's rows are now, as one text: it changes with every row that comes. */
	readonly states: ReadonlyMap<number, string>;
	/** Those of which sums are kept that hold. */
	readonly kept: ReadonlyMap<number, KeptHour>;
	/** The same of days, by their first hour: which making. Of each of their hours sums are kept as well. */
	readonly days: ReadonlyMap<number, string>;
};

/** Hours of a day. Days begin at midnight UTC, as hours are numbered. */
export const hoursInDay = 24;

/** The hours of a day by its first one. */
export const hoursOfDay = (first: number): readonly number[] =>
	Array.from({length: hoursInDay}, (_, index) => first + index);

/** What the rows of a day are, by what those of its hours are; undefined where it has none. */
export const dayState = (states: ReadonlyMap<number, string>, first: number): string | undefined => {
	const found = hoursOfDay(first).map(hour => states.get(hour) ?? '');
	return found.some(state => state !== '') ? hash('sha256', found.join('\n'), 'hex') : undefined;
};

/** Kept sums are read only where they mean what this program adds up, in its order. */
export const sumLayout: string = hash('sha256', JSON.stringify([arrayColumns, blocksSql, rankedSql]), 'hex').slice(
	0,
	16,
);

/**
 * What the rows of each hour are: how many, and a sum of hashes of their versions. It says nothing about times, so that
 * rows which become visible late, or on another replica, change it like any. Replaced rows count until they are merged
 * away, which only makes sums be made again for nothing.
 * @param condition on the column `hour`
 */
export const hourStates = async (ask: Ask, condition = '1'): Promise<ReadonlyMap<number, string>> => {
	const found = await ask(
		`SELECT hour, count(), toString(sum(intHash64(ver))) FROM ${requestTable} WHERE ${condition} GROUP BY hour ORDER BY hour`,
	);
	return new Map(found.map(([hour, count, state]) => [Number(hour), `${count} ${state}`]));
};

/** How many rows an hour has, by its state. */
export const rowsOf = (state: string): number => Number.parseInt(state, 10);

/** Looks which hours there are, and which of their sums hold. */
export const hoursOf = async (ask: Ask): Promise<Hours> => {
	const [states, made] = await Promise.all([hourStates(ask), makings(ask)]);
	const kept = new Map<number, KeptHour>();
	const days = new Map<number, string>();
	for (const [hour, hours, state, ...making] of made) {
		const at = Number(hour);
		if (Number(hours) === 1 && states.get(at) === state) {
			kept.set(at, keptHour(making));
		}
		if (Number(hours) === hoursInDay && dayState(states, at) === state) {
			days.set(at, String(making[0]));
		}
	}
	for (const first of days.keys()) {
		if (!hasAllHours({states, kept}, first)) {
			days.delete(first);
		}
	}
	return {states, kept, days};
};

/** Whether sums are kept of every hour of a day that has rows. */
export const hasAllHours = ({states, kept}: Pick<Hours, 'states' | 'kept'>, first: number): boolean =>
	hoursOfDay(first).every(hour => !states.has(hour) || kept.has(hour));

/** All complete makings; none where the fleet's tables were made before there were sums. */
const makings = async (ask: Ask): ReturnType<Ask> => {
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

/** ClickHouse's number for it. */
const noSuchTable = 60;

const keptHour = ([gen, slots, first, last]: readonly unknown[]): KeptHour => ({
	gen: String(gen),
	slots: (slots as readonly unknown[]).map(Number),
	first: Number(first),
	last: Number(last),
});

/** Stretches of whole numbers that follow one another: the first and the last of each. */
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

/** Whether the column `hour` is one of these, as SQL: stretches of them as such, for there may be years. */
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
