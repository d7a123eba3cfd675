import type {Measure} from '../../../metrics/sums/measures.js';
import type {Connection} from '../file/connection.js';
import type {Row} from '../file/value.js';
import {column, laneRollup, logRollup, threadRollup} from '../tables/rollup-tables.js';
import type {Rows} from '../tables/rows.js';
import type {Piece} from '../write/levels.js';

const isIn = 'IN (SELECT value FROM json_each(?))';

const sumsOf = (measures: readonly Measure[]): string => measures.map(name => `sum(${column(name)})`).join(', ');

/**
 * Sums of whole buckets by slice and lane. A row: slice, lane, first and last time, measures.
 * @param slice milliseconds; undefined for a single slice, NULL
 * @param lanes to be read, each with the lane that it is summed under
 */
export const laneSums = (
	database: Connection,
	{width, from, to}: Piece,
	slice: number | undefined,
	measures: readonly Measure[],
	lanes: ReadonlyMap<number, number>,
): readonly Row[] => {
	// The remainder of a negative time is negative.
	const key = slice === undefined ? 'NULL' : `bucket - ((bucket % ${slice} + ${slice}) % ${slice})`;
	return database.rows(
		`WITH summed AS MATERIALIZED (SELECT value ->> 0 AS id, value ->> 1 AS under FROM json_each(?4))
		SELECT ${key} AS slice, under, min(first), max(last), ${sumsOf(measures)}
		FROM ${laneRollup.table} CROSS JOIN summed ON id = lane WHERE width = ?1 AND bucket >= ?2 AND bucket < ?3
		GROUP BY slice, under`,
		[width as number, from, to, JSON.stringify([...lanes])],
	);
};

/** The bucket of width ?1 of a thread's first request in [`from`, ?3); NULL if there is none. */
const nextBucket = (thread: string, from: string): string =>
	`(SELECT min(time) - ((min(time) % ?1 + ?1) % ?1) FROM request WHERE thread = ${thread} AND time >= ${from} AND time < ?3)`;

/**
 * All buckets of one width, ?1, in [?2, ?3), in which each of the threads ?4 has requests. Jumps from one to the next,
 * because there may be any number of empty ones, for example if a clock was wrong.
 */
const bucketsOfThreads = `
	WITH RECURSIVE bucket_of_thread (wanted, begin) AS (
		SELECT value, ${nextBucket('value', '?2')} FROM json_each(?4)
		UNION ALL
		SELECT wanted, ${nextBucket('wanted', 'begin + ?1')} FROM bucket_of_thread WHERE begin IS NOT NULL
	)
	SELECT wanted, begin FROM bucket_of_thread WHERE begin IS NOT NULL`;

/** Sums by thread, lane and log. A row: name of the thread as JSON, lane, log, first and last time, measures. */
export const threadSums = (
	database: Connection,
	{width, from, to}: Piece,
	{lanes, threads}: Pick<Rows, 'lanes' | 'threads'>,
): readonly Row[] => {
	const {table, measures} = threadRollup;
	const sums = `SELECT lane, log, min(first), max(last), ${sumsOf(measures)}, thread`;
	const ofLanes = lanes ? `AND lane ${isIn}` : '';
	const values = lanes ? [JSON.stringify(lanes)] : [];
	const [grouped, ...before] = threads
		? [
				`${sums} FROM (${bucketsOfThreads}) CROSS JOIN ${table}
				ON width = ?1 AND bucket = begin AND thread = wanted ${ofLanes} GROUP BY thread, lane, log`,
				JSON.stringify(threads),
			]
		: [`${sums} FROM ${table} WHERE width = ?1 AND bucket >= ?2 AND bucket < ?3 ${ofLanes} GROUP BY thread, lane, log`];
	return database.rows(`SELECT name, sum.* FROM (${grouped}) AS sum LEFT JOIN thread ON thread.id = thread`, [
		width as number,
		from,
		to,
		...before,
		...values,
	]);
};

/** Sums by log and lane. A row: log, lane, first and last time, measures. */
export const logSums = (
	database: Connection,
	{width, from, to}: Piece,
	measures: readonly Measure[],
	{lanes, logs}: Pick<Rows, 'lanes' | 'logs'>,
): Iterable<Row> =>
	database.each(
		`SELECT log, lane, min(first), max(last), ${sumsOf(measures)} FROM ${logRollup.table}
		WHERE width = ? AND bucket >= ? AND bucket < ? ${lanes ? `AND lane ${isIn}` : ''} ${logs ? `AND log ${isIn}` : ''}
		GROUP BY log, lane`,
		[width as number, from, to, ...[lanes, logs].flatMap(list => (list ? JSON.stringify(list) : []))],
	);
