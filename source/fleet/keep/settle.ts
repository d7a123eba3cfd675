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

/** What one pass found. */
export type Settled = {
	/** Threads that several machines served. */
	readonly threads: number;
	/** Their requests. */
	readonly requests: number;
	/** Requests whose facts were others. */
	readonly mended: number;
	/** The server's time when it began, epoch seconds: what arrives from then on is for the next pass. */
	readonly until: number;
};

/** What arrived longer ago, seconds, should have been settled. */
const overdue = 60;

type SettleOptions = {
	/** Ends it; what was not settled is by the next pass. */
	readonly signal?: AbortSignal | undefined;
	/** Rows that are held in memory at once, about. */
	readonly batch?: number;
};

const defaultBatch = 50_000;

/** Only rows that hosts sent are news: a settled one says in its version that it is. */
const isSent = 'bitAnd(ver, 255) = 0';

/**
 * Counts the facts of threads anew whose requests several machines sent: what a request lost depends on the one before
 * it, which another machine may have served. The rows that say otherwise are written again, each with the next version:
 * a newer one of its host holds. The same rows give the same answer, so that it may be killed, repeated, and run twice.
 * @param since only threads of which anything arrived since, by the server's time, epoch seconds; all unless told
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

/** Threads that are read together, and the hours that hold all of their requests: the table is in their order. */
type Batch = {readonly names: readonly string[]; readonly from: number; readonly to: number};

/** @param shared name, requests, first and last hour of each thread, those that began first before others */
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

/** The rows that say what is not so, as they are to be. @param sent by time, and by their place on their machine */
const mendedRows = (sent: readonly FleetRequest[]): readonly Row[] => {
	const {counted} = countThreads(
		sent.map(({request}) => request),
		index => JSON.stringify([sent[index]?.shipper, sent[index]?.request.source]),
	);
	return counted.flatMap(({facts}, index) => {
		const before = sent[index] as FleetRequest;
		// Threads that were sent together with this one may be in another batch.
		const known = withKnownFanOut(before.facts, facts);
		const [old, now] = [settledRow(before, before.facts), settledRow(before, known)];
		return now && JSON.stringify(old) !== JSON.stringify(now) ? now : [];
	});
};

/** The next version of a row, with other facts; undefined where there is none. */
const settledRow = ({request, ver, shipper, place, lane}: FleetRequest, facts: Facts): Row | undefined => {
	const next = settledVersion(ver);
	// The table holds the hash of the id already.
	return next === undefined
		? undefined
		: {...toRow({request, facts}, {shipper, place, price: lane.price, ver: next}), id: request.id};
};

/**
 * The newest row of each thread, written again as it is where it does not say that it was settled: so it can be told
 * which threads were not (`unsettledSql`).
 * @param mended ids of those that are written anyway
 */
const marks = (sent: readonly FleetRequest[], mended: ReadonlySet<unknown>): readonly Row[] => {
	const newest = new Map(sent.map(one => [one.request.thread, one]));
	return [...newest.values()].flatMap(one =>
		isSettled(one.ver) || mended.has(one.request.id) ? [] : (settledRow(one, one.facts) ?? []),
	);
};

/**
 * Counts the threads of several hosts whose newest request was not settled, though it arrived a while ago.
 * @param among condition on the rows that are looked at
 */
export const unsettledSql = (among: string): string => `SELECT count() FROM (
	SELECT thread FROM ${requestTable} WHERE thread != '' AND ${among} GROUP BY thread
	HAVING uniqExact(shipper) > 1 AND maxIf(time, NOT (${isSent})) < max(time) AND max(received) < now() - ${overdue}
)`;
