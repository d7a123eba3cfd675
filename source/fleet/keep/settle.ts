import {countThreads} from '../../metrics/breaks/count-facts.js';
import type {Facts} from '../../metrics/breaks/facts.js';
import {withKnownFanOut} from '../../metrics/breaks/fan-out.js';
import {chunksOf} from '../table/chunks.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {shippedColumns} from '../table/columns.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {integer, literals} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import {requestTable} from '../table/tables.js';
import {type Row, toRow} from '../table/to-row.js';
import {isSettled, settledVersion} from '../table/version.js';

/** The result of a pass. */
export type Settled = {
	/** Threads with requests from several machines. */
	readonly threads: number;
	/** Requests of these threads. */
	readonly requests: number;
	/** Requests whose facts had to be corrected. */
	readonly mended: number;
	/** The server's time at the start of the pass, in epoch seconds; rows that arrive later belong to the next pass. */
	readonly until: number;
};

/** Seconds after which an arrived row should have been settled. */
const overdue = 60;

type SettleOptions = {
	/** Aborts the pass; the next one does the rest. */
	readonly signal?: AbortSignal | undefined;
	/** Approximate maximum of rows in memory. */
	readonly batch?: number;
};

const defaultBatch = 50_000;

/** Rows sent by hosts; the version of a settled row has these bits set. */
const isSent = 'bitAnd(ver, 255) = 0';

/**
 * Recounts the facts of threads whose requests were sent by several machines: what a request lost depends on the one
 * before it, which another machine may have served. Rows with other facts are written again with the next version, and
 * a newer version from their host replaces them. The result depends on the rows only, so a pass may be killed,
 * repeated, or run twice at the same time.
 * @param since limits the pass to threads with rows that arrived since, in epoch seconds of the server; undefined for
 * all
 */
export const settle = async (
	server: Pick<Clickhouse, 'rows' | 'insert'>,
	since: number | undefined,
	{signal, batch = defaultBatch}: SettleOptions = {},
): Promise<Settled> => {
	const [[until] = []] = await server.rows('SELECT toUnixTimestamp(now())', signal);
	const touched =
		since === undefined
			? ''
			: `AND thread GLOBAL IN (SELECT thread FROM ${requestTable} WHERE ${isSent} AND received >= toDateTime(${integer(since)}))`;
	const shared = await server.rows(
		`SELECT thread, count(), min(hour), max(hour) FROM ${requestTable} WHERE thread != '' ${touched} GROUP BY thread HAVING uniqExact(shipper) > 1 ORDER BY min(hour)`,
		signal,
	);
	let requests = 0;
	let mended = 0;
	for (const {names, from, to} of batchesOf(shared, batch)) {
		const found = await server.rows(
			`SELECT ${rowSelection} FROM ${requestTable} FINAL PREWHERE hour >= ${integer(from)} AND hour <= ${integer(to)} AND thread IN ${literals(names)} WHERE gone = 0 ORDER BY time, place`,
			signal,
		);
		const sent = readRows(found);
		const wrong = mendedRows(sent);
		const rows = [...wrong, ...marks(sent, new Set(wrong.map(({id}) => id)))];
		if (rows.length > 0) {
			await server.insert(requestTable, shippedColumns, rows, signal);
		}
		requests += found.length;
		mended += wrong.length;
	}
	return {threads: shared.length, requests, mended, until: Number(until)};
};

/** Threads that are read together, and the hours of all their requests: the table is sorted by hour. */
type Batch = {readonly names: readonly string[]; readonly from: number; readonly to: number};

/** @param shared name, number of requests, first and last hour of each thread, ordered by first hour */
const batchesOf = (shared: readonly (readonly unknown[])[], most: number): readonly Batch[] => {
	const batches: (typeof shared)[number][][] = [];
	let held = Number.POSITIVE_INFINITY;
	for (const thread of shared) {
		held += Number(thread[1]);
		if (held > most) {
			batches.push([]);
			held = Number(thread[1]);
		}
		batches.at(-1)?.push(thread);
	}
	return batches.flatMap(threads => {
		const from = Math.min(...threads.map(([, , first]) => Number(first)));
		const to = Math.max(...threads.map(([, , , last]) => Number(last)));
		return chunksOf(threads.map(([name]) => String(name))).map(names => ({names, from, to}));
	});
};

/** Corrected rows. @param sent the thread's rows by time and by order of arrival */
const mendedRows = (sent: readonly FleetRequest[]): readonly Row[] => {
	const {counted} = countThreads(
		sent.map(({request}) => request),
		index => JSON.stringify([sent[index]?.shipper, sent[index]?.request.source]),
	);
	return counted.flatMap(({facts}, index) => {
		const before = sent[index] as FleetRequest;
		// Threads that were started together with this one may be in another batch.
		const known = withKnownFanOut(before.facts, facts);
		const [old, now] = [settledRow(before, before.facts), settledRow(before, known)];
		return now && JSON.stringify(old) !== JSON.stringify(now) ? now : [];
	});
};

/** The next version of a row with other facts; undefined if it has been settled too often. */
const settledRow = ({request, ver, shipper, place, lane}: FleetRequest, facts: Facts): Row | undefined => {
	const next = settledVersion(ver);
	// The id in the table is already a hash.
	return next === undefined
		? undefined
		: {...toRow({request, facts}, {shipper, place, price: lane.price, ver: next}), id: request.id};
};

/**
 * Marks threads as settled by rewriting their newest row, unchanged, with a settled version (see `unsettledSql`).
 * @param mended ids of rows that are written anyway
 */
const marks = (sent: readonly FleetRequest[], mended: ReadonlySet<unknown>): readonly Row[] => {
	const newest = new Map(sent.map(one => [one.request.thread, one]));
	return [...newest.values()].flatMap(one =>
		isSettled(one.ver) || mended.has(one.request.id) ? [] : (settledRow(one, one.facts) ?? []),
	);
};

/**
 * Counts the threads of several hosts whose newest request arrived a while ago but is not settled.
 * @param among condition on the rows to look at
 */
export const unsettledSql = (among: string): string => `SELECT count() FROM (
	SELECT thread FROM ${requestTable} WHERE thread != '' AND ${among} GROUP BY thread
	HAVING uniqExact(shipper) > 1 AND maxIf(time, NOT (${isSent})) < max(time) AND max(received) < now() - ${overdue}
)`;
