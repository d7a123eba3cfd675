import {countThreads} from '../../metrics/breaks/count-facts.js';
import {type LaneEnd, withTwins} from '../../metrics/breaks/warm.js';
import type {Filter} from '../../metrics/filter.js';
import {chunksOf} from '../table/chunks.js';
import {rowSelection} from '../table/from-row.js';
import {hourLength} from '../table/key.js';
import {integer, literals} from '../table/literal.js';
import {nameFrom, readRows} from '../table/read-rows.js';
import type {Ask} from './ask.js';
import {shown} from './lists.js';
import {allTaken, rowsWhere, sinceSql, takenSql} from './where.js';

/** Threads that are looked at, the latest first. */
const mostThreads = 1000;
/** What a cache holds now was written in the last hour or kept alive since; so far back threads are read, milliseconds. */
const lookedBack = 24 * 60 * 60_000;
/** Of each of them, the newest requests. */
const mostRequests = 2000;

/** The order of requests: by time, and by arrival on their machine. */
type Place = {readonly time: number; readonly place: number};
/** What was read of a thread: where its first request stands, and the ends of its chains. */
type Read = {readonly first: Place; readonly ends: readonly LaneEnd[]};
/** The same by thread, and what its requests were. */
type Known = ReadonlyMap<string, Read & {readonly state: string}>;

const inOrder = (one: Place, other: Place): number => one.time - other.time || one.place - other.place;

/** Tells the open ends of chains: of threads whose requests are what they were when it was asked before, without reading them again. */
export class OpenEnds {
	#known: Known = new Map();
	/** Whose ends are known. */
	#filter = '';

	/** Those of chains whose latest request was at or since a time, epoch milliseconds. */
	async since(ask: Ask, since: number, filter: Filter): Promise<readonly LaneEnd[]> {
		const from = Math.ceil(since);
		// Full hours, so that a thread is not another one for each second that passes.
		const earliest = Math.floor((since - lookedBack) / hourLength) * hourLength;
		const latest = await ask(
			`SELECT thread, min(time), concat(toString(count()), ' ', toString(sum(intHash64(ver)))) FROM ${rowsWhere({keyed: `thread != '' AND ${sinceSql(earliest)}`, others: allTaken})} GROUP BY thread HAVING max(time) >= ${integer(from)} ORDER BY max(time) DESC LIMIT ${mostThreads}`,
		);
		const known = this.#filter === JSON.stringify(filter) ? this.#known : new Map();
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

/** All open ends of some threads by their name. @param threads as in the column, and when the first request of each was */
const endsOf = async (
	ask: Ask,
	threads: readonly (readonly unknown[])[],
	filter: Filter,
): Promise<ReadonlyMap<string | undefined, Read>> => {
	// Most threads are short: then the server has few hours to read.
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
						? {lane: {...of.lane, host: of.lane.host ?? of.shipper}, thread, end: withTwins(end, () => of.facts)}
						: [];
				}),
			},
		]),
	);
};
