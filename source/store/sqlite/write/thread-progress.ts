import {newThread, type Revision, type Thread} from '../../../metrics/breaks/chain.js';
import {type Facts, factsAlone} from '../../../metrics/breaks/facts.js';
import {follow, isFollowed} from '../../../metrics/breaks/follow.js';
import {byPlace, type TiedPlace} from '../../../metrics/request-order.js';
import type {Request} from '../../../request.js';

/** Where a request is stored, and what is needed to correct its facts and sums. */
export type Place = {readonly row: number; readonly lane: number; readonly log: number; readonly time: number};

/** The state of a thread after all its requests up to a time. */
export type Checkpoint = {readonly time: number; readonly thread: Thread<Place>};

/** The facts of a request, and those of earlier requests that it revises. */
type Counting = {readonly facts: Facts; readonly revised: readonly Revision<Place>[]};

/** The latest request in the thread, and those with the same time. */
type Latest = TiedPlace & {
	readonly time: number;
	readonly row: number;
	readonly log: number;
	/** Number of requests per log; undefined if the latest is the only one. */
	readonly logs: readonly (readonly [log: number, count: number])[] | undefined;
	/** The row of the one that arrived last. */
	readonly lastRow: number;
};

type Before = {
	readonly thread: Thread<Place>;
	readonly latest: Latest | undefined;
	readonly revised: readonly Revision<Place>[];
	readonly sinceCheckpoint: number;
};

/** Number of requests between two checkpoints. */
const apart = 64;
/** Maximum number of requests that are recounted if a thread continues unexpectedly. */
const long = 4096;
/** Maximum number of checkpoints in memory: requests that are older than all of them are cheap enough. */
const mostCheckpoints = 32;

/**
 * The progress of a thread, to count another request, or the latest one again, without those before it. If that is not
 * possible, it becomes stale, and the thread has to be recounted from an earlier checkpoint.
 */
export class ThreadProgress {
	readonly id: number;
	/** Facts of requests from this time on may be wrong, including those that were returned already. */
	staleFrom = Number.POSITIVE_INFINITY;
	#thread: Thread<Place>;
	#latest: Latest | undefined;
	/** All requests up to this time are in the thread, without being known individually. */
	readonly #from: number;
	/** The state before the latest request, and what it revised; undefined if no longer known. */
	#before: Before | undefined;
	/** Oldest first. */
	#checkpoints: readonly Checkpoint[];
	#saved: Checkpoint | undefined | 'unknown';
	#sinceCheckpoint = 0;
	/** Requests counted since a checkpoint was last saved. */
	#sinceSaved = 0;

	/**
	 * @param checkpoints oldest first; counting continues from the last, or from the beginning if there are none
	 * @param saved the one of them that is stored
	 */
	constructor(id: number, checkpoints: readonly Checkpoint[] = [], saved?: Checkpoint | 'unknown') {
		this.id = id;
		const from = checkpoints.at(-1);
		this.#thread = from?.thread ?? newThread();
		this.#from = from?.time ?? Number.NEGATIVE_INFINITY;
		this.#checkpoints = checkpoints;
		this.#saved = saved;
	}

	get isStale(): boolean {
		return this.staleFrom !== Number.POSITIVE_INFINITY;
	}

	/** The thread after its latest request. */
	get thread(): Thread<Place> {
		return this.#thread;
	}

	/** Marks it to be recounted from a time, in epoch milliseconds. */
	setStale(from: number): void {
		this.staleFrom = Math.min(this.staleFrom, from);
	}

	/**
	 * Passes on the newest checkpoint if it is not stored yet; undefined for a thread that is too short to need one. A
	 * thread that is not expected to continue keeps its stored checkpoint, unless it is long.
	 * @param openSince it is expected to continue if it has a checkpoint since this time, in epoch milliseconds
	 */
	save(openSince: number, keep: (checkpoint: Checkpoint | undefined) => void): void {
		const newest = this.#checkpoints.at(-1);
		if (newest === this.#saved) {
			return;
		}
		if (this.#saved === 'unknown' || !newest || newest.time >= openSince || this.#sinceSaved >= long) {
			keep(newest);
			this.#saved = newest;
			this.#sinceSaved = 0;
		}
	}

	/** Checkpoints before a time, oldest first. */
	checkpointsBefore(time: number): readonly Checkpoint[] {
		return this.#checkpoints.filter(checkpoint => checkpoint.time < time);
	}

	/** Counts an added request; if the progress is stale afterwards, the facts have to be recounted later. */
	add(request: Request, place: Place): Counting {
		if (!isFollowed(request)) {
			return {facts: factsAlone(request), revised: []};
		}
		if (this.isStale || !this.#isNext(request, place)) {
			this.setStale(place.time);
			return {facts: factsAlone(request), revised: []};
		}
		return this.follow(request, place);
	}

	/** True if the request comes after all in the thread, and arrived after those with the same time. */
	#isNext(request: Request, place: Place): boolean {
		const latest = this.#latest;
		const known = Math.max(this.#from, this.#checkpoints.at(-1)?.time ?? this.#from);
		return (
			place.time > known &&
			(!latest ||
				place.time > latest.time ||
				(place.time === latest.time &&
					place.row > latest.lastRow &&
					byPlace(behind(latest, request, place), latest) > 0))
		);
	}

	/** Counts the next request in order. */
	follow(request: Request, place: Place): Counting {
		if (!isFollowed(request)) {
			return {facts: factsAlone(request), revised: []};
		}
		const latest = this.#latest;
		if (latest && this.#sinceCheckpoint >= apart && place.time > latest.time) {
			this.#checkpoints = [...this.#checkpoints, {time: latest.time, thread: this.#thread}].slice(-mostCheckpoints);
			this.#sinceCheckpoint = 0;
		}
		const {facts, revised, thread} = follow(this.#thread, request, place);
		this.#before = {thread: this.#thread, latest, revised, sinceCheckpoint: this.#sinceCheckpoint};
		this.#thread = thread;
		this.#latest = behind(latest, request, place);
		this.#sinceCheckpoint++;
		this.#sinceSaved++;
		return {facts, revised};
	}

	/**
	 * Removes a request if it is the latest; any other makes the progress stale.
	 * @returns the reverse of what the request had revised
	 */
	remove(request: Request, row: number): readonly Revision<Place>[] {
		if (!isFollowed(request)) {
			return [];
		}
		if (this.isStale || this.#latest?.row !== row || !this.#before) {
			this.setStale(request.time);
			return [];
		}
		const {thread, latest, revised, sinceCheckpoint} = this.#before;
		this.#sinceCheckpoint = sinceCheckpoint;
		this.#thread = thread;
		this.#latest = latest;
		this.#before = undefined;
		return revised.map(({key, before, after}) => ({key, before: after, after: before}));
	}
}

/** The latest requests after adding one. */
const behind = (latest: Latest | undefined, {id}: Request, {time, row, log}: Place): Latest => {
	if (latest?.time !== time) {
		return {id, time, row, place: 0, log, logs: undefined, lastRow: row};
	}
	const logs = latest.logs ?? [[latest.log, 1] as const];
	const place = logs.find(([other]) => other === log)?.[1] ?? 0;
	return {
		id,
		time,
		row,
		place,
		log,
		logs: [...logs.filter(([other]) => other !== log), [log, place + 1]],
		lastRow: Math.max(row, latest.lastRow),
	};
};
