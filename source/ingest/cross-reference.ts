import type {CacheChange, RequestTrace, Sum, ThreadModel} from '../formats/format.js';
import type {Log} from '../log.js';
import {inputTokens, type Request, writtenTokens} from '../request.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch, Change} from '../store/store.js';

/** What a log reports about requests in other logs. */
type References = {
	readonly sums: readonly Sum[];
	readonly changes: readonly CacheChange[];
	readonly models: readonly ThreadModel[];
};

/** The part about one thread. */
type ThreadReferences = Pick<References, 'changes' | 'models'>;

type Kept = Pick<LocalLedger, 'thread'>;

const everything = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'} as const;
/** Maximum number of a thread's requests that are examined. */
const mostRequests = 10_000;
/**
 * Milliseconds by which two logs may date a request differently, due to clocks, and to databases with whole seconds.
 */
const tolerance = 5000;
/** A read below this share of the cached tokens is a loss; providers round, and drop the last block. */
const sameShare = 0.9;

/**
 * Adds what one log reports about requests in another to these requests, in whichever order the logs are read: why
 * their cache was not read, their model, and that their sums are redundant. Threads are the key.
 */
export class CrossReference {
	/** Reports by thread and log. */
	readonly #told = new Map<string, Map<string, ThreadReferences>>();
	/** Threads with reports, and whether requests of them are known; undefined if not checked yet. */
	readonly #known = new Map<string, boolean | undefined>();
	#version = 0;
	/** Threads whose requests have to be examined. */
	readonly #fresh = new Set<string>();
	/** Threads to be examined as soon as their logs are known. */
	readonly #waiting = new Set<string>();

	/**
	 * Replaces what a log reports.
	 * @param isOld true if an earlier process has applied it to the stored requests
	 */
	note(log: string, {sums, changes, models}: References, isOld = false): void {
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
			const byLog = this.#told.get(thread) ?? new Map<string, ThreadReferences>();
			if (JSON.stringify(byLog.get(log)) !== JSON.stringify(of)) {
				this.#told.set(thread, byLog.set(log, of));
				this.#known.set(thread, this.#known.get(thread));
				if (!isOld) {
					this.#fresh.add(thread);
				}
			}
		}
	}

	/** Another log is being read, which may have the requests in question. */
	logAdded(): void {
		for (const thread of this.#waiting) {
			this.#fresh.add(thread);
		}
		this.#waiting.clear();
	}

	/** Increases when a thread's requests become known. */
	get version(): number {
		return this.#version;
	}

	/** True if recent reports require no changes in the store. */
	get isSettled(): boolean {
		return this.#fresh.size === 0;
	}

	/** Called after the joined batch was stored. */
	settle(): void {
		this.#fresh.clear();
	}

	/** True if a thread's requests are known individually. */
	isKnown(thread: string, kept: Kept): boolean {
		const isKnown = this.#known.get(thread) ?? kept.thread(thread, everything, {}, 1).length > 0;
		this.#known.set(thread, isKnown);
		return isKnown;
	}

	/**
	 * The batch with reasons added to its requests, and to stored ones.
	 * @param logOf returns the log with a name; undefined if this process does not read it yet
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

/** The requests to which other logs' reports add something, with the additions. */
const completed = (requests: readonly Request[], told: readonly ThreadReferences[]): readonly Request[] => {
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

/** A request's model is the latest one when it was sent. */
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
 * For each change, the id of the request that lost the cache because of it, and the reason. Both requests around the
 * change must be found by their counts, and the cache must have been alive; otherwise nothing is claimed.
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
