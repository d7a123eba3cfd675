import {countThreads} from '../../metrics/breaks/count-facts.js';
import {type LaneEnd, withSharedPrefix} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import {chunksOf} from '../table/chunks.js';
import {rowSelection} from '../table/from-row.js';
import {hourLength} from '../table/key.js';
import {integer, literals} from '../table/literal.js';
import {nameFrom, readRows} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {shown} from './newest-requests.js';
import {allTaken, rowsWhere, sinceSql, takenSql} from './where.js';

/** Maximum number of threads that are read, latest first. */
const mostThreads = 1000;
/**
 * Milliseconds of history that are read: what is in a cache now was written within the last hour or kept alive since.
 */
const lookedBack = 24 * 60 * 60_000;
/** Maximum number of requests per thread, newest first. */
const mostRequests = 2000;

/** The order of requests: by time, then by arrival on their machine. */
type Place = {readonly time: number; readonly place: number};
/** A thread: the place of its first request, and the ends of its chains. */
type Read = {readonly first: Place; readonly ends: readonly LaneEnd[]};
/** Threads by name, with a text that changes with their requests. */
type Known = ReadonlyMap<string, Read & {readonly state: string}>;

const inOrder = (one: Place, other: Place): number => one.time - other.time || one.place - other.place;

/** Finds the open ends of chains. Reads only threads whose requests changed since it was last asked. */
export class OpenEnds {
	#known: Known = new Map();
	/** The filter that the known ends match, as JSON. */
	#filter = '';

	/** The open ends of chains whose latest request is not older than a time (epoch milliseconds). */
	async since(ask: Ask, since: number, filter: Filter): Promise<readonly LaneEnd[]> {
		const from = Math.ceil(since);
		// Whole hours, so that the state of a thread does not change as time passes.
		const earliest = Math.floor((since - lookedBack) / hourLength) * hourLength;
		const latest = await ask(
			`SELECT thread, min(time), concat(toString(count()), ' ', toString(sum(intHash64(ver)))) FROM ${rowsWhere({keyed: `thread != '' AND ${sinceSql(earliest)}`, others: allTaken})} GROUP BY thread HAVING max(time) >= ${integer(from)} ORDER BY max(time) DESC LIMIT ${mostThreads}`,
		);
		const known: Known = this.#filter === JSON.stringify(filter) ? this.#known : new Map();
		const changed = latest.filter(([thread, , state]) => known.get(String(thread))?.state !== state);
		const read = await endsOf(ask, changed, filter);
		const now: Known = new Map(
			latest.flatMap(([thread, , state]) => {
				const name = String(thread);
				const same = known.get(name);
				const found = same?.state === state ? same : read.get(nameFrom(name));
				return found ? [[name, {...found, state: String(state)}] as const] : [];
			}),
		);
		this.#known = now;
		this.#filter = JSON.stringify(filter);
		return [...now.values()]
			.sort((one, other) => inOrder(one.first, other.first))
			.flatMap(({ends}) => ends.filter(({end}) => end.time >= since));
	}
}

/** The open ends of threads, by name. @param threads names as in the column, and the time of their first request */
const endsOf = async (
	ask: Ask,
	threads: readonly (readonly unknown[])[],
	filter: Filter,
): Promise<ReadonlyMap<string | undefined, Read>> => {
	// Most threads are short, so the server has few hours to read.
	const begin = threads.reduce((first, [, time]) => Math.min(first, Number(time)), Number.MAX_SAFE_INTEGER);
	const found = await Promise.all(
		chunksOf(threads.map(([thread]) => String(thread))).map(names =>
			ask(
				`SELECT ${rowSelection}, ${takenSql(filter)} FROM ${rowsWhere({keyed: `thread IN ${literals(names)} AND ${sinceSql(begin)}`, others: allTaken})} ORDER BY time DESC, place DESC LIMIT ${mostRequests} BY thread`,
			),
		),
	);
	const all = found
		.flat()
		.flatMap(row => readRows([row]).map(one => ({...one, time: one.request.time, isTaken: Number(row.at(-1)) === 1})))
		.sort(inOrder);
	const counted = countThreads(all.map(one => shown(one).request));
	const firsts = new Map(all.toReversed().map(({request, time, place}) => [request.thread, {time, place}]));
	return new Map(
		[...counted.threads].map(([thread, {ends}]) => [
			thread,
			{
				first: firsts.get(thread) as Place,
				ends: ends.flatMap(end => {
					const of = all[end.key];
					return of?.isTaken
						? {lane: {...of.lane, host: of.lane.host ?? of.shipper}, thread, end: withSharedPrefix(end, () => of.facts)}
						: [];
				}),
			},
		]),
	);
};
