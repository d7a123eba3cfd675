import {countThreads} from '../../metrics/breaks/count-facts.js';
import {chunksOf} from '../table/chunks.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {shippedColumns} from '../table/columns.js';
import {type FleetRequest, fromRow, rowSelection} from '../table/from-row.js';
import {integer, literals} from '../table/literal.js';
import {requestTable} from '../table/schema.js';
import {type Row, toRow} from '../table/to-row.js';
import {settledVersion} from '../table/version.js';

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

/** Rows that are held in memory at once, about. */
const mostRows = 50_000;

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
	signal?: AbortSignal,
): Promise<Settled> => {
	const [[until] = []] = await server.rows('SELECT toUnixTimestamp(now())', signal);
	const touched =
		since === undefined
			? ''
			: `AND thread GLOBAL IN (SELECT thread FROM ${requestTable} WHERE ${isSent} AND received >= toDateTime(${integer(since)}))`;
	const shared = await server.rows(
		`SELECT thread, count() FROM ${requestTable} WHERE thread != '' ${touched} GROUP BY thread HAVING uniqExact(shipper) > 1`,
		signal,
	);
	let requests = 0;
	let mended = 0;
	for (const names of batchesOf(shared)) {
		const found = await server.rows(
			`SELECT ${rowSelection} FROM ${requestTable} FINAL WHERE gone = 0 AND thread IN ${literals(names)} ORDER BY time, place`,
			signal,
		);
		const wrong = mendedRows(found.map(fromRow));
		if (wrong.length > 0) {
			await server.insert(requestTable, shippedColumns, wrong, signal);
		}
		requests += found.length;
		mended += wrong.length;
	}
	return {threads: shared.length, requests, mended, until: Number(until)};
};

const batchesOf = (shared: readonly (readonly unknown[])[]): readonly (readonly string[])[] => {
	const batches: string[][] = [];
	let held = Number.POSITIVE_INFINITY;
	for (const [thread, count] of shared) {
		held += Number(count);
		if (held > mostRows) {
			batches.push([]);
			held = Number(count);
		}
		batches.at(-1)?.push(String(thread));
	}
	return batches.flatMap(chunksOf);
};

/** The rows that say what is not so, as they are to be. @param sent by time, and by their place on their machine */
const mendedRows = (sent: readonly FleetRequest[]): readonly Row[] => {
	const {counted} = countThreads(
		sent.map(({request}) => request),
		index => JSON.stringify([sent[index]?.shipper, sent[index]?.request.source]),
	);
	return counted.flatMap(({request, facts}, index) => {
		const before = sent[index] as FleetRequest;
		const ver = settledVersion(before.ver);
		const as = {shipper: before.shipper, place: before.place, price: before.lane.price, ver: ver ?? before.ver};
		const [old, now] = [before.facts, facts].map(those => toRow({request, facts: those}, as)) as [Row, Row];
		// The table holds the hash of the id already.
		return ver !== undefined && JSON.stringify(old) !== JSON.stringify(now) ? {...now, id: request.id} : [];
	});
};
