import type {Log} from '../../../log.js';
import {noRevisions, type Revision} from '../../../metrics/breaks/chain.js';
import {type ColdKind, type Facts, factsAlone} from '../../../metrics/breaks/facts.js';
import {asKind} from '../../../metrics/breaks/fan-out.js';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {laneFinderOf} from '../../../metrics/sums/lane-finder.js';
import type {Request} from '../../../request.js';
import {bounded} from '../../bounded.js';
import type {Batch} from '../../store.js';
import type {Kept} from '../tables/kept-rows.js';
import {keyOf} from '../tables/request-keys.js';
import {isKeptAlike} from '../tables/request-row.js';
import type {Added} from '../tables/request-table.js';
import {logRollup} from '../tables/rollup-tables.js';
import type {Rows} from '../tables/rows.js';
import type {Tables} from '../tables/tables.js';
import {joinCopies} from './joining.js';
import {day} from './levels.js';
import {foundAs, lastOf, type Put} from './puts.js';
import {recount, resume, revise} from './recount.js';
import type {Place, ThreadProgress} from './thread-progress.js';

/** Changes requests, and everything that is kept consistent with them. Used within a transaction. */
export class Writer {
	readonly #tables: Tables;
	#nextRow = 0;
	/** Requests that were counted but not written yet: the next rows. */
	#added: Added[] = [];
	/** New facts of rows that were read before these changed. */
	readonly #revised = new Map<number, Facts>();

	constructor(tables: Tables) {
		this.#tables = tables;
	}

	/** Drops what was not written, because a transaction was rolled back. */
	drop(): void {
		this.#added = [];
		this.#revised.clear();
		this.#tables.sums.drop();
		this.#tables.fanOuts.drop();
	}

	/** Writes a batch, except for what `finish` writes for several of them. */
	write({changes, cursors}: Batch, prices: PriceList): void {
		const {logs, requests} = this.#tables;
		this.#nextRow = requests.nextRow();
		let puts: Put[] = [];
		for (const change of changes) {
			if (change.kind === 'put') {
				const {log, request} = change;
				puts.push({log, request: bounded(request), key: keyOf(request.id)});
			} else {
				this.#putAll(puts, prices);
				puts = [];
				this.clear(change.log, change.kind === 'clear' ? undefined : ({planOnly}) => planOnly === true);
			}
		}
		this.#putAll(puts, prices);
		for (const cursor of cursors) {
			logs.setCursor(cursor);
		}
		logs.flush();
	}

	/** @param puts in order of arrival */
	#putAll(puts: readonly Put[], prices: PriceList): void {
		const {requests, threads} = this.#tables;
		const keys = puts.map(({key}) => key);
		let found = requests.find(keys);
		if (joinCopies(puts, found, this.#tables)) {
			found = requests.find(keys);
		}
		const last = lastOf(puts, found);
		threads.meet(last.map(({request}) => request.thread));
		for (const put of last) {
			const before = foundAs(put.request.id, found);
			if (before) {
				this.#replace(before, put, prices);
			} else {
				this.#add(put, prices);
			}
		}
		requests.insert(this.#added);
		this.#added = [];
		this.#revised.clear();
	}

	#add(put: Put, prices: PriceList): void {
		const added = this.#counted(put, this.#placeOf(put, prices), this.#nextRow++);
		this.count(added);
		this.#added.push(added);
	}

	#replace(before: Kept, put: Put, prices: PriceList): void {
		const {requests, sums, fanOuts} = this.#tables;
		const {request} = put;
		const place = this.#placeOf(put, prices);
		const stays =
			before.lane === place.lane &&
			before.log === place.log &&
			before.thread === place.thread &&
			before.request.time === request.time;
		if (stays && isKeptAlike(before.request, request)) {
			return;
		}
		this.#revise(this.#progress(before.thread)?.remove(before.request, before.row) ?? [], before.thread);
		const facts = this.#revised.get(before.row) ?? before.facts;
		sums.remove({...before, facts}, stays);
		if (facts.cold) {
			fanOuts.remove(before.row);
		}
		this.#tables.lanes.count(before.lane, -1);
		const kept = this.#counted(put, place, before.row);
		requests.update(kept);
		this.count(kept);
	}

	#placeOf({log, request}: Put, prices: PriceList): Pick<Kept, 'lane' | 'thread' | 'log'> {
		const {logs, lanes, threads} = this.#tables;
		return {
			lane: lanes.idOf(laneFinderOf(prices).of(request)),
			log: logs.idOf(log),
			thread: request.thread === undefined ? 0 : threads.idOf(request.thread),
		};
	}

	#counted({request, key}: Put, {lane, thread, log}: Pick<Kept, 'lane' | 'thread' | 'log'>, row: number): Added {
		const counting = this.#progress(thread)?.add(request, {row, lane, log, time: request.time});
		this.#revise(counting?.revised ?? noRevisions, thread);
		return {request, facts: counting?.facts ?? factsAlone(request), row, thread, lane, log, key};
	}

	/** Undefined if the request is already written. */
	#notWritten(row: number): Added | undefined {
		const first = this.#added[0];
		return first && row >= first.row ? this.#added[row - first.row] : undefined;
	}

	/** Replaces the facts of earlier requests of a thread, some of which may not be written yet. */
	#revise(revisions: readonly Revision<Place>[], thread: number): void {
		const {fanOuts} = this.#tables;
		for (const revision of revisions) {
			const {row} = revision.key;
			const added = this.#notWritten(row);
			if (added) {
				if (added.facts.cold) {
					fanOuts.remove(row, false);
				}
				added.facts = revision.after;
				fanOuts.add(row, added.request, revision.after, false);
				const {lane, log, time} = revision.key;
				this.#tables.sums.replaceFacts({lane, log, thread, time}, revision.before, revision.after);
			} else {
				this.#revised.set(row, revision.after);
				revise(revision, thread, this.#tables);
			}
		}
	}

	/** Removes all requests of a log, or some of them. */
	clear(log: Log, isTaken?: (request: Request) => boolean): void {
		const {logs, database} = this.#tables;
		this.finish();
		const id = logs.idOf(log);
		const [first = null, last = null] =
			database.row(`SELECT min(first), max(last) FROM ${logRollup.table} WHERE width = ? AND log = ?`, [day, id]) ?? [];
		if (first !== null) {
			this.removeBetween({from: first as number, to: (last as number) + 1, logs: [id]}, isTaken);
		}
	}

	/** Removes requests and returns their number. */
	removeBetween(rows: Rows, isTaken: (request: Request) => boolean = () => true): number {
		let removed = 0;
		const {requests, indices, threads, sums, fanOuts} = this.#tables;
		indices.need('request_time');
		for (const kept of requests.between(rows)) {
			if (!isTaken(kept.request)) {
				continue;
			}
			removed++;
			requests.delete(kept.row);
			sums.remove(kept);
			if (kept.facts.cold) {
				fanOuts.remove(kept.row);
			}
			this.#tables.lanes.count(kept.lane, -1);
			if (kept.thread !== 0 && kept.request.usage) {
				threads.setStale(kept.thread, kept.request.time);
			}
		}
		this.finish();
		this.#nextRow = requests.nextRow();
		return removed;
	}

	/** Moves a request to another lane; only a checkpoint that names its lane changes as well. */
	move(kept: Kept, lane: number): void {
		const {requests, sums, threads, checkpoints} = this.#tables;
		const moved = {...kept, lane};
		requests.update(moved);
		sums.remove(kept);
		sums.add(moved);
		threads.forget(kept.thread);
		checkpoints.set(kept.thread, undefined);
		this.#tables.lanes.count(kept.lane, -1);
		this.#tables.lanes.count(lane, 1);
	}

	/** Adds a stored request to the sums. */
	count(kept: Kept): void {
		this.#tables.sums.add(kept);
		this.#tables.fanOuts.add(kept.row, kept.request, kept.facts);
		this.#tables.lanes.count(kept.lane, 1);
	}

	/** Writes what was collected: facts of threads that changed before their end, sums, and numbers of requests. */
	finish(): void {
		const {threads, sums, lanes, checkpoints, fanOuts} = this.#tables;
		threads.settle(
			stale => recount(stale, this.#tables),
			Date.now() - day,
			(thread, checkpoint) => checkpoints.set(thread, checkpoint),
		);
		fanOuts.settle((row, kind) => this.#setKind(row, kind));
		sums.flush();
		lanes.flush();
		threads.trim();
	}

	/** Sets the kind of start of a request among those of all threads. */
	#setKind(row: number, kind: ColdKind): void {
		const {requests, sums} = this.#tables;
		const kept = requests.at(row);
		if (kept && kept.facts.cold?.kind !== kind) {
			const facts = asKind(kept.facts, kind);
			requests.setFacts(row, facts);
			const {lane, log, thread, request} = kept;
			sums.replaceFacts({lane, log, thread, time: request.time}, kept.facts, facts);
		}
	}

	readonly #resume = (thread: number): ThreadProgress => resume(thread, this.#tables);

	#progress(thread: number): ThreadProgress | undefined {
		return thread === 0 ? undefined : this.#tables.threads.progress(thread, this.#resume);
	}
}
