import type {CacheChange, RequestTrace, Sum} from '../formats/format.js';
import type {Log} from '../log.js';
import {inputTokens, type Request, writtenTokens} from '../request.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch, Change} from '../store/store.js';

/** What one log tells of requests in others. */
export type Told = {readonly sums: readonly Sum[]; readonly changes: readonly CacheChange[]};

type Kept = Pick<LocalLedger, 'thread'>;

const everything = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'} as const;
/** Requests of a thread that are looked at. */
const mostRequests = 10_000;
/** Clocks, and databases that keep whole seconds: milliseconds by which two logs may date a request differently. */
const tolerance = 5000;
/** Below this share of what was cached, it was not read again: providers round, and cut off the last block. */
const sameShare = 0.9;

/**
 * Puts what one log tells of requests in another to these requests, whichever of the two is read first: why their cache
 * was not read, and that their sums are no news. Threads are the key.
 */
export class CrossReference {
	readonly #changes = new Map<string, Map<string, readonly CacheChange[]>>();
	/** Threads of which logs tell something, and whether requests of them are known; undefined where it was not asked. */
	readonly #known = new Map<string, boolean | undefined>();
	/** Threads whose requests have to be looked at. */
	readonly #fresh = new Set<string>();
	/** The same, as soon as their logs are known. */
	readonly #waiting = new Set<string>();

	/**
	 * A log tells this by now; it takes the place of what it told before.
	 * @param isOld an earlier process has put it to the requests there were
	 */
	note(log: string, {sums, changes}: Told, isOld = false): void {
		for (const {thread} of sums) {
			if (thread !== undefined) {
				this.#known.set(thread, this.#known.get(thread));
			}
		}
		for (const thread of new Set(changes.map(change => change.thread))) {
			const of = changes.filter(change => change.thread === thread);
			const byLog = this.#changes.get(thread) ?? new Map<string, readonly CacheChange[]>();
			if (byLog.get(log)?.length !== of.length || byLog.get(log)?.at(-1)?.until.time !== of.at(-1)?.until.time) {
				this.#changes.set(thread, byLog.set(log, of));
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

	/** Nothing is to be kept on account of what logs told since. */
	get isSettled(): boolean {
		return this.#fresh.size === 0;
	}

	/** What was joined is kept. */
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
				this.#known.set(thread, true);
				const of = puts.get(thread) ?? new Map();
				puts.set(thread, of.set(change.request.id, change));
			}
		}
		const added: Change[] = [];
		for (const thread of new Set([...puts.keys(), ...this.#fresh])) {
			const changes = [...(this.#changes.get(thread)?.values() ?? [])].flat();
			if (changes.length === 0) {
				continue;
			}
			const requests = new Map(
				kept.thread(thread, everything, {}, mostRequests).map(({request}) => [request.id, request]),
			);
			for (const [id, {request}] of puts.get(thread) ?? []) {
				requests.set(id, request);
			}
			for (const [id, reason] of reasonsOf([...requests.values()], changes)) {
				const request = requests.get(id) as Request;
				const log = puts.get(thread)?.get(id)?.log ?? logOf(request.source);
				if (log === undefined) {
					this.#waiting.add(thread);
				} else if (request.missReason !== reason) {
					added.push({kind: 'put', log, request: {...request, missReason: reason}});
				}
			}
		}
		return added.length === 0 ? batch : {...batch, changes: [...batch.changes, ...added]};
	}
}

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
