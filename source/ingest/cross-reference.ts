import type {CacheChange, RequestTrace, Sum, ThreadModel} from '../formats/format.js';
import type {Log} from '../log.js';
import {inputTokens, type Request, writtenTokens} from '../request.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch, Change} from '../store/store.js';

/** What one log tells of requests in others. */
type Told = {
	readonly sums: readonly Sum[];
	readonly changes: readonly CacheChange[];
	readonly models: readonly ThreadModel[];
};

/** The part of it that is of one thread. */
type OfThread = Pick<Told, 'changes' | 'models'>;

type Kept = Pick<LocalLedger, 'thread'>;

const everything = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'} as const;
/** At most this many requests of a thread are looked at. */
const mostRequests = 10_000;
/** Clocks, and databases that keep whole seconds: milliseconds by which two logs may date a request differently. */
const tolerance = 5000;
/** Below this share of what was cached, it was not read again: providers round, and cut off the last block. */
const sameShare = 0.9;

/**
 * Puts what one log tells of requests in another to these requests, whichever of the two is read first: why their cache
 * was not read, their model, and that their sums are no news. Threads are the key.
 */
export class CrossReference {
	/** Requests by thread and log. */
	readonly #told = new Map<string, Map<string, OfThread>>();
	/** Threads of which logs tell something, and whether requests of them are known; undefined where it was not asked. */
	readonly #known = new Map<string, boolean | undefined>();
	#version = 0;
	/** Threads whose requests have to be looked at. */
	readonly #fresh = new Set<string>();
	/** The same, as soon as their logs are known. */
	readonly #waiting = new Set<string>();

	/**
	 * A log tells this by now; it takes the place of what it told before.
	 * @param isOld an earlier process has put it to the requests there were
	 */
	note(log: string, {sums, changes, models}: Told, isOld = false): void {
		for (const {thread} of sums) {
			if (thread !== undefined) {
				this.#known.set(thread, this.#known.get(thread));
			}
		}
		for (const thread of new Set([...changes, ...models].map(told => told.thread))) {
			const of = {
				changes: changes.filter(change => change.thread === thread),
				models: models.filter(model => model.thread === thread),
			};
			const byLog = this.#told.get(thread) ?? new Map<string, OfThread>();
			if (JSON.stringify(byLog.get(log)) !== JSON.stringify(of)) {
				this.#told.set(thread, byLog.set(log, of));
				this.#known.set(thread, this.#known.get(thread));
				if (!isOld) {
					this.#fresh.add(thread);
				}
			}
		}
	}

	/** Another log is read by now: it may be the one that holds the requests in question. */
	logAdded(): void {
		for (const thread of this.#waiting) {
			this.#fresh.add(thread);
		}
		this.#waiting.clear();
	}

	/** Grows when requests of a thread came to be known that were not. */
	get version(): number {
		return this.#version;
	}

	/** Nothing is to be kept on account of what logs told since. */
	get isSettled(): boolean {
		return this.#fresh.size === 0;
	}

	/** Called once what was joined is in the store. */
	settle(): void {
		this.#fresh.clear();
	}

	/** Whether requests of a thread are known one by one. */
	isKnown(thread: string, kept: Kept): boolean {
		const isKnown = this.#known.get(thread) ?? kept.thread(thread, everything, {}, 1).length > 0;
		this.#known.set(thread, isKnown);
		return isKnown;
	}

	/**
	 * The batch, with the reasons of the requests in it, and of those kept before.
	 * @param logOf the log of that name; undefined where it is not read by this process yet
	 */
	joined(batch: Batch, kept: Kept, logOf: (source: string) => Log | undefined): Batch {
		if (this.#known.size === 0) {
			return batch;
		}
		const puts = new Map<string, Map<string, Extract<Change, {kind: 'put'}>>>();
		for (const change of batch.changes) {
			const thread = change.kind === 'put' ? change.request.thread : undefined;
			if (change.kind === 'put' && thread !== undefined && this.#known.has(thread)) {
				if (this.#known.get(thread) !== true) {
					this.#known.set(thread, true);
					this.#version++;
				}
				const of = puts.get(thread) ?? new Map();
				puts.set(thread, of.set(change.request.id, change));
			}
		}
		const added: Change[] = [];
		for (const thread of new Set([...puts.keys(), ...this.#fresh])) {
			const told = [...(this.#told.get(thread)?.values() ?? [])];
			if (told.length === 0) {
				continue;
			}
			const requests = new Map(
				kept.thread(thread, everything, {}, mostRequests).map(({request}) => [request.id, request]),
			);
			for (const [id, {request}] of puts.get(thread) ?? []) {
				requests.set(id, request);
			}
			for (const request of completed([...requests.values()], told)) {
				const log = puts.get(thread)?.get(request.id)?.log ?? logOf(request.source);
				if (log === undefined) {
					this.#waiting.add(thread);
				} else {
					added.push({kind: 'put', log, request});
				}
			}
		}
		return added.length === 0 ? batch : {...batch, changes: [...batch.changes, ...added]};
	}
}

/** Those of a thread's requests to which what other logs tell adds anything, with it. */
const completed = (requests: readonly Request[], told: readonly OfThread[]): readonly Request[] => {
	const models = told.flatMap(of => of.models).sort((one, other) => (one.from ?? 0) - (other.from ?? 0));
	const named = requests.map(request => withModel(request, models));
	const reasons = reasonsOf(
		named,
		told.flatMap(({changes}) => changes),
	);
	return named.flatMap((request, index) => {
		const missReason = reasons.get(request.id) ?? request.missReason;
		return missReason === request.missReason && request === requests[index] ? [] : [{...request, missReason}];
	});
};

/** A request is of the model that was the latest when it was sent. */
const withModel = (request: Request, models: readonly ThreadModel[]): Request => {
	const named = models.filter(told => told.model !== undefined);
	const told = named.findLast(({from = 0}) => from <= request.time) ?? named[0];
	const model = request.model ?? told?.model;
	const project = request.project ?? models.find(other => other.project !== undefined)?.project;
	if (model === request.model && project === request.project) {
		return request;
	}
	const provider = request.provider ?? told?.provider;
	return {...request, model, project, ...(provider !== undefined && {provider})};
};

const isTrace = ({time, usage}: Request, trace: RequestTrace): boolean =>
	usage !== undefined &&
	inputTokens(usage) === trace.input &&
	usage.cacheRead === trace.cacheRead &&
	Math.abs(time - trace.time) <= tolerance;

/**
 * Of each change the request that broke with what was cached before it, and why, by its id. Both ends of the stretch that
 * the change is in have to be found by their counts, and the cache must have been alive: nothing else is claimed.
 */
const reasonsOf = (requests: readonly Request[], changes: readonly CacheChange[]): ReadonlyMap<string, string> => {
	const sorted = [...requests].sort((one, other) => one.time - other.time);
	const reasons = new Map<string, string>();
	for (const {after, until, lifetime = Number.POSITIVE_INFINITY, reason} of changes) {
		const last = sorted.find(request => isTrace(request, until));
		const first = sorted.find(request => isTrace(request, after) && isAlike(request, last));
		if (!first || !last) {
			continue;
		}
		const stretch = sorted.slice(sorted.indexOf(first), sorted.indexOf(last) + 1).filter(one => isAlike(one, last));
		const at = stretch.findIndex((request, index) => index > 0 && isBreak(request, stretch[index - 1] as Request));
		const [before, broken] = [stretch[at - 1], stretch[at]];
		if (before && broken && (broken.start ?? broken.time) - before.time <= lifetime) {
			reasons.set(broken.id, reason);
		}
	}
	return reasons;
};

const isAlike = (request: Request, other: Request | undefined): boolean =>
	request.model === other?.model && request.agent === other?.agent;

const isBreak = ({usage}: Request, {usage: before}: Request): boolean =>
	usage !== undefined &&
	before !== undefined &&
	usage.cacheRead < (before.cacheRead + writtenTokens(before)) * sameShare;
