import {newThread, type Revision, type Thread} from '../../../metrics/breaks/chain.js';
import {type Facts, factsAlone} from '../../../metrics/breaks/facts.js';
import {follow, isFollowed} from '../../../metrics/breaks/follow.js';
import {byPlace, type TiedPlace} from '../../../metrics/request-order.js';
import type {Request} from '../../../request.js';

/** Where a request is kept: what correcting its facts and sums takes. */
export type Place = {readonly row: number; readonly lane: number; readonly log: number; readonly time: number};

/** How far a thread has come behind all its requests until a time. */
export type Checkpoint = {readonly time: number; readonly thread: Thread<Place>};

/** The facts of a request, and those of earlier ones that it revises. */
type Counting = {readonly facts: Facts; readonly revised: readonly Revision<Place>[]};

/** The latest request that is in the thread, and those of the same time. */
type Latest = TiedPlace & {
	readonly time: number;
	readonly row: number;
	readonly log: number;
	/** How many of each log; undefined where it is the only one. */
	readonly logs: readonly (readonly [log: number, count: number])[] | undefined;
	/** The one of them that arrived last. */
	readonly lastRow: number;
};

type Before = {
	readonly thread: Thread<Place>;
	readonly latest: Latest | undefined;
	readonly revised: readonly Revision<Place>[];
	readonly sinceCheckpoint: number;
};

/** Requests between two checkpoints. */
const apart = 64;
/** So many requests are counted anew where a thread goes on that was not expected to. */
const long = 4096;
/** Checkpoints that are remembered: requests that come so much too late cost little. */
const mostCheckpoints = 32;

/**
 * How far a thread has come, so that one more request, or the latest once more, is counted without those before it.
 * Where that does not do it says so, and the thread has to be counted anew from an earlier checkpoint.
 */
export class ThreadProgress {
	readonly id: number;
	/** Facts of requests since this time, those that were given out as well, may be wrong. */
	staleFrom = Number.POSITIVE_INFINITY;
	#thread: Thread<Place>;
	#latest: Latest | undefined;
	/** Requests until this time are in the thread, whichever they are. */
	readonly #from: number;
	/** As the latest found it, and what it revised; undefined where that is not known any more. */
	#before: Before | undefined;
	/** Oldest first. */
	#checkpoints: readonly Checkpoint[];
	#saved: Checkpoint | undefined | 'unknown';
	#sinceCheckpoint = 0;
	/** Requests that were counted since a checkpoint was kept. */
	#sinceSaved = 0;

	/**
	 * @param checkpoints oldest first; it goes on from the last of them, or begins where there is none
	 * @param saved which of them is kept on the disk
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

	/** The thread behind its latest request. */
	get thread(): Thread<Place> {
		return this.#thread;
	}

	/** Has it counted anew since a time, epoch milliseconds. */
	setStale(from: number): void {
		this.staleFrom = Math.min(this.staleFrom, from);
	}

	/**
	 * Hands the newest checkpoint over where it is not kept yet; undefined for a thread that is too short to need one. Of
	 * a thread that is not expected to go on it stays that which is kept, unless it is long.
	 * @param openSince it is expected to go on if it has a checkpoint since this time, epoch milliseconds
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

	/** Those before a time, oldest first. */
	checkpointsBefore(time: number): readonly Checkpoint[] {
		return this.#checkpoints.filter(checkpoint => checkpoint.time < time);
	}

	/** Counts a request that is added; to be counted later where the progress is stale afterwards. */
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

	/** Whether it comes behind all that are in the thread, and arrived behind those of the same time. */
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

	/** Counts the request that comes next in order. */
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
	 * Takes a request back, the latest only; another makes it stale.
	 * @returns what the request had revised, the other way round
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

/** A request as the latest one. */
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
