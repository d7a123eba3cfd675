import {countThreads} from '../../metrics/breaks/count-facts.js';
import {type LaneEnd, withSharedPrefix} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import {chunksOf} from '../table/chunks.js';
import {rowSelection} from '../table/from-row.js';
import {hourOf} from '../table/key.js';
import {integer, literals} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {shown} from './newest-requests.js';
import {rows, takenSql} from './where.js';

/** Maximum number of threads that are read, latest first. */
const mostThreads = 1000;
/**
 * Milliseconds of history that are read: what is in a cache now was written within the last hour or kept alive since.
 */
const lookedBack = 24 * 60 * 60_000;
/** Maximum number of requests per thread, newest first. */
const mostRequests = 2000;

/** The open ends of chains whose latest request is not older than a time. */
export const endsSince = async (ask: Ask, since: number, filter: Filter): Promise<readonly LaneEnd[]> => {
	const from = Math.ceil(since);
	const earliest = Math.ceil(since - lookedBack);
	const latest = await ask(
		`SELECT thread, min(time) FROM ${rows} WHERE gone = 0 AND thread != '' AND hour >= ${hourOf(earliest)} AND time >= ${integer(earliest)} GROUP BY thread HAVING max(time) >= ${integer(from)} ORDER BY max(time) DESC LIMIT ${mostThreads}`,
	);
	// Most threads are short, so the server has few hours to read.
	const begin = latest.reduce((first, [, time]) => Math.min(first, Number(time)), from);
	const found = await Promise.all(
		chunksOf(latest.map(([thread]) => String(thread))).map(names =>
			ask(
				`SELECT ${rowSelection}, ${takenSql(filter)} FROM ${rows} WHERE gone = 0 AND thread IN ${literals(names)} AND hour >= ${hourOf(begin)} AND time >= ${integer(begin)} ORDER BY time DESC, place DESC LIMIT ${mostRequests} BY thread`,
			),
		),
	);
	const all = found
		.flat()
		.flatMap(row => readRows([row]).map(one => ({...one, isTaken: Number(row.at(-1)) === 1})))
		.sort((one, other) => one.request.time - other.request.time || one.place - other.place);
	const {threads} = countThreads(all.map(one => shown(one).request));
	return [...threads].flatMap(([thread, {ends}]) =>
		ends.flatMap(end => {
			const of = all[end.key];
			return of?.isTaken && end.time >= since
				? {lane: {...of.lane, host: of.lane.host ?? of.shipper}, thread, end: withSharedPrefix(end, () => of.facts)}
				: [];
		}),
	);
};
