import type {Measure} from '../../../metrics/sums/measures.js';
import type {Connection, Row} from '../file/connection.js';
import {column, laneRollup, logRollup, threadRollup} from '../tables/rollup-tables.js';
import type {Rows} from '../tables/rows.js';
import type {Piece} from '../write/levels.js';

const isIn = 'IN (SELECT value FROM json_each(?))';

const sumsOf = (measures: readonly Measure[]): string => measures.map(name => `sum(${column(name)})`).join(', ');

/**
 * Sums of whole buckets by slice and lane. A row: slice, lane, first and last time, the measures of lanes.
 * @param slice milliseconds; undefined for one slice of all, NULL
 * @param lanes the only ones; all where undefined
 */
export const laneSums = (
	database: Connection,
	{width, from, to}: Piece,
	slice: number | undefined,
	lanes: readonly number[] | undefined,
): readonly Row[] => {
	const {table, measures} = laneRollup;
	// Of a negative time the remainder is negative.
	const key = slice === undefined ? 'NULL' : `bucket - ((bucket % ${slice} + ${slice}) % ${slice})`;
	return database.rows(
		`SELECT ${key} AS slice, lane, min(first), max(last), ${sumsOf(measures)}
		FROM ${table} WHERE width = ? AND bucket >= ? AND bucket < ? ${lanes ? `AND lane ${isIn}` : ''}
		GROUP BY slice, lane`,
		[width as number, from, to, ...(lanes ? [JSON.stringify(lanes)] : [])],
	);
};

/** The bucket of width ?1 of the first request that a thread has in [`from`, ?3); NULL where it has none. */
const nextBucket = (thread: string, from: string): string =>
	`(SELECT min(time) - ((min(time) % ?1 + ?1) % ?1) FROM request WHERE thread = ${thread} AND time >= ${from} AND time < ?3)`;

/**
 * All buckets of one width, ?1, in [?2, ?3), in which each of the threads ?4 has requests. From one to the next: between
 * the first request of a thread and its last there may be any number of empty ones, as where a clock was wrong.
 */
const bucketsOfThreads = `
	WITH RECURSIVE bucket_of_thread (wanted, begin) AS (
		SELECT value, ${nextBucket('value', '?2')} FROM json_each(?4)
		UNION ALL
		SELECT wanted, ${nextBucket('wanted', 'begin + ?1')} FROM bucket_of_thread WHERE begin IS NOT NULL
	)
	SELECT wanted, begin FROM bucket_of_thread WHERE begin IS NOT NULL`;

/** The same by thread, lane and log. A row: name of the thread as JSON, lane, log, first and last time, their measures. */
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

/** The same by log and lane, of some measures. A row: log, lane, first and last time, the measures. */
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
