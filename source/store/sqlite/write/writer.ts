import type {Log} from '../../../log.js';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {laneOf} from '../../../metrics/parts.js';
import type {Request} from '../../../request.js';
import {bounded} from '../../bounded.js';
import type {Batch} from '../../store.js';
import {bodyOf} from '../tables/request-row.js';
import type {Kept} from '../tables/request-table.js';
import type {Tables} from '../tables/tables.js';
import {day} from './levels.js';
import {recount, resume} from './recount.js';
import {factsAlone, type ThreadProgress} from './thread-progress.js';

type Put = {readonly log: Log; readonly request: Request};

/** Whether what is put replaces what was there: a copy does not replace an original. */
const replaces = (next: Request, before: Request): boolean => !next.replica || before.replica === true;

/** Makes changes to requests, and to all that is kept in step with them. Runs inside of a transaction. */
export class Writer {
	readonly #tables: Tables;
	readonly #laneCounts = new Map<number, number>();
	#nextRow = 0;

	constructor(tables: Tables) {
		this.#tables = tables;
	}

	/** Forgets what was not written: a change was taken back. */
	drop(): void {
		this.#laneCounts.clear();
		this.#tables.sums.drop();
	}

	write({changes, cursors}: Batch, prices: PriceList): void {
		const {logs, lanes, requests} = this.#tables;
		this.#nextRow = requests.nextRow();
		// Of the same request many times in a row, as of one that is still streamed, the last is written.
		let puts = new Map<string, Put>();
		for (const change of changes) {
			if (change.kind === 'put') {
				const request = bounded(change.request);
				const before = puts.get(request.id);
				if (!before || replaces(request, before.request)) {
					puts.set(request.id, {log: change.log, request});
				}
			} else {
				this.#putAll(puts, prices);
				puts = new Map();
				this.clear(change.log, change.kind === 'clear' ? undefined : ({planOnly}) => planOnly === true);
			}
		}
		this.#putAll(puts, prices);
		for (const {log, cursor} of cursors) {
			if (logs.idOf(log).isRenamed) {
				lanes.drop();
			}
			logs.setCursor(log, cursor);
		}
		this.finish();
	}

	/** @param puts each of another request, by id */
	#putAll(puts: ReadonlyMap<string, Put>, prices: PriceList): void {
		const {requests} = this.#tables;
		const found = requests.find([...puts.keys()]);
		const added: Kept[] = [];
		for (const [id, put] of puts) {
			const before = found.get(id);
			if (!before) {
				added.push(this.#add(put, prices));
			} else if (replaces(put.request, before.request)) {
				this.#replace(before, put, prices);
			}
		}
		requests.insert(added);
	}

	#add(put: Put, prices: PriceList): Kept {
		const kept = this.#counted(put, this.#placeOf(put, prices), this.#nextRow++);
		this.count(kept);
		return kept;
	}

	#replace(before: Kept, put: Put, prices: PriceList): void {
		const {requests, sums} = this.#tables;
		const {request} = put;
		const place = this.#placeOf(put, prices);
		const stays = before.lane === place.lane && before.thread === place.thread && before.request.time === request.time;
		if (stays && bodyOf(before.request, before.facts) === bodyOf(request, before.facts)) {
			return;
		}
		this.#progress(before.thread)?.remove(before.request, before.row);
		sums.remove(before, stays);
		this.#countLane(before.lane, -1);
		const kept = this.#counted(put, place, before.row);
		requests.update(kept);
		this.count(kept);
	}

	#placeOf({log, request}: Put, prices: PriceList): Pick<Kept, 'lane' | 'thread'> {
		const {logs, lanes, threads} = this.#tables;
		const {id, isRenamed} = logs.idOf(log);
		if (isRenamed) {
			lanes.drop();
		}
		return {
			lane: lanes.idOf(id, laneOf(request, prices)),
			thread: request.thread === undefined ? 0 : threads.idOf(request.thread),
		};
	}

	#counted({request}: Put, {lane, thread}: Pick<Kept, 'lane' | 'thread'>, row: number): Kept {
		const facts = this.#progress(thread)?.add(request, row) ?? factsAlone(request);
		return {request, facts, row, thread, lane};
	}

	/** Takes requests of a log back: all, or some. */
	clear(log: Log, isTaken?: (request: Request) => boolean): void {
		const {lanes, database} = this.#tables;
		this.finish();
		const logId = this.#tables.logs.idOf(log).id;
		const ofLog = [...lanes.all().values()].filter(lane => lane.log === logId && lane.requests > 0);
		const ids = ofLog.map(({id}) => id);
		const [first = null, last = null] =
			database.row(
				`SELECT min(first), max(last) FROM lane_sum
				WHERE width = ? AND lane IN (SELECT value FROM json_each(?))`,
				[day, JSON.stringify(ids)],
			) ?? [];
		if (first !== null) {
			this.removeBetween(first as number, (last as number) + 1, ids, isTaken);
		}
	}

	/** Takes the requests of [from, to) back, of these lanes or of all; says how many. */
	removeBetween(
		from: number,
		to: number,
		lanes: readonly number[] | undefined,
		isTaken: (request: Request) => boolean = () => true,
	): number {
		let removed = 0;
		const {requests, threads, sums} = this.#tables;
		for (const kept of requests.between({from, to, lanes})) {
			if (!isTaken(kept.request)) {
				continue;
			}
			removed++;
			requests.delete(kept.row);
			sums.remove(kept);
			this.#countLane(kept.lane, -1);
			if (kept.thread !== 0 && kept.request.usage) {
				threads.setStale(kept.thread, kept.request.time);
			}
		}
		this.finish();
		this.#nextRow = requests.nextRow();
		return removed;
	}

	/** Moves a request to another lane; all else stays. */
	move(kept: Kept, lane: number): void {
		const {requests, sums} = this.#tables;
		const moved = {...kept, lane};
		requests.update(moved);
		sums.remove(kept);
		sums.add(moved);
		this.#countLane(kept.lane, -1);
		this.#countLane(lane, 1);
	}

	/** Adds a request that is kept already to the sums. */
	count(kept: Kept): void {
		this.#tables.sums.add(kept);
		this.#countLane(kept.lane, 1);
	}

	/** Writes what was gathered: facts of threads that were changed before their end, sums, numbers of requests. */
	finish(): void {
		const {threads, sums, lanes} = this.#tables;
		threads.recount((thread, from) => recount(thread, this.#tables.requests, sums, from));
		sums.flush();
		lanes.count(this.#laneCounts);
		this.#laneCounts.clear();
		threads.trim();
	}

	readonly #resume = (thread: number): ThreadProgress => resume(thread, this.#tables.requests, this.#tables.sums);

	#progress(thread: number): ThreadProgress | undefined {
		return thread === 0 ? undefined : this.#tables.threads.progress(thread, this.#resume);
	}

	#countLane(lane: number, change: 1 | -1): void {
		this.#laneCounts.set(lane, (this.#laneCounts.get(lane) ?? 0) + change);
	}
}
