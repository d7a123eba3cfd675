import type {Log} from '../../log.js';
import type {LaneFinder} from '../../metrics/sums/lane-finder.js';
import {continuesThread, type Request} from '../../request.js';
import {bounded} from '../bounded.js';
import {type ExceededLimit, NameBounds} from '../name-bounds.js';
import {replaces} from '../replaces.js';
import {ThreadNames} from '../thread-names.js';
import {IdIndex} from './id-index.js';
import {type Belonging, RequestColumns} from './request-columns.js';
import {TimeOrder} from './time-order.js';
import type {Summed} from './window-sums.js';

/** The requests of a store, each once: the stored ones, followed by the provisional ones. */
export class Kept {
	requests = new RequestColumns();
	readonly threads = new ThreadNames();
	/** Finds the rows of stored requests; provisional ones come after them. */
	#rows = new IdIndex(this.requests.ids);
	readonly #order = new TimeOrder();
	readonly #provisional = new Map<string, readonly Request[]>();
	readonly #names = new NameBounds();
	readonly #lanes: LaneFinder;

	constructor(lanes: LaneFinder) {
		this.#lanes = lanes;
	}

	get exceeded(): readonly ExceededLimit[] {
		return this.#names.exceeded;
	}

	/** Adds a request, or replaces the one with the same id. */
	put(log: Log, request: Request): void {
		const row = this.#rows.of(request.id);
		const before = row === undefined ? undefined : this.requests.at(row);
		if (before && continuesThread(before, request)) {
			this.threads.join(before.thread as string, request.thread as string);
		}
		if (before && !replaces(request, before)) {
			return;
		}
		const kept = this.#names.bound(bounded(request));
		const belonging = {log: log.id, lane: this.#lanes.of(kept)};
		if (row === undefined) {
			this.#add(kept, belonging);
			return;
		}
		if (kept.time !== before?.time) {
			this.#order.forget();
		}
		this.requests.set(row, kept, belonging);
	}

	#add(request: Request, belonging: Belonging): void {
		this.requests.add(request, belonging);
		this.#rows.add(request.id);
	}

	/** Removes requests of a log: all, or those that were only planned. */
	remove({id}: Log, onlyPlanned: boolean): void {
		const before = this.requests;
		const log = before.logs.of(id);
		const isTaken = (row: number): boolean => before.log[row] === log && (!onlyPlanned || before.isPlanOnly(row));
		let first = 0;
		while (first < before.count && !isTaken(first)) {
			first++;
		}
		let end = first;
		while (end < before.count && isTaken(end)) {
			end++;
		}
		if (end === before.count) {
			this.#truncate(first);
			return;
		}
		this.requests = new RequestColumns();
		this.#rows = new IdIndex(this.requests.ids);
		this.#order.forget();
		for (let row = 0; row < before.count; row++) {
			if (!isTaken(row)) {
				this.#add(before.at(row), before.belonging(row));
			}
		}
	}

	/** Drops all rows from one on. */
	#truncate(count: number): void {
		this.requests.truncate(count);
		this.#rows.truncate(count);
		this.#order.truncate(count);
	}

	/** Sets provisional requests. Returns true if anything changed. */
	putProvisional(log: Log, given: readonly Request[]): boolean {
		const requests = given.map(request => this.#names.bound(bounded(request)));
		const before = this.#provisional.get(log.id) ?? [];
		// A request that is still being written keeps its id.
		const isNews = before.length !== requests.length || JSON.stringify(before) !== JSON.stringify(requests);
		if (isNews) {
			this.#provisional.set(log.id, requests);
		}
		return isNews;
	}

	/** Removes provisional requests from the rows. */
	forgetProvisional(): void {
		const kept = this.#rows.count;
		if (this.requests.count > kept) {
			this.requests.truncate(kept);
			this.#order.truncate(kept);
		}
	}

	/** Appends provisional requests to the stored ones. */
	#addProvisional(): void {
		const requests = new Map<string, readonly [log: string, request: Request]>();
		for (const [log, some] of this.#provisional) {
			for (const request of some) {
				if (this.#rows.of(request.id) === undefined) {
					requests.set(request.id, [log, request]);
				}
			}
		}
		for (const [log, request] of requests.values()) {
			this.requests.add(request, {log, lane: this.#lanes.of(request)});
		}
	}

	/** All rows, oldest first, including provisional ones. */
	ordered(): Int32Array {
		this.forgetProvisional();
		this.#addProvisional();
		return this.#order.of(this.requests.time, this.requests.count);
	}

	/** The summed properties of a row's request: far less than all of it. */
	summed(row: number): Summed {
		const {requests} = this;
		return {
			time: requests.time[row] as number,
			thread: this.threads.of(requests.threads.at(requests.thread[row] as number)),
			source: requests.sources.at(requests.source[row] as number) as string,
			model: requests.laneOf(row).model,
			usage: requests.usage(row),
			plan: requests.plan(row),
		};
	}

	/** The request of a row, with the name that its thread goes by. */
	request(row: number): Request {
		const request = this.requests.at(row);
		const thread = this.threads.of(request.thread);
		return thread === request.thread ? request : {...request, thread};
	}
}
