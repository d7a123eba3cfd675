import type {Thread} from '../../../metrics/breaks/chain.js';
import {countThreads} from '../../../metrics/breaks/count-facts.js';
import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Request} from '../../../request.js';

type OfLog = {readonly requests: readonly Request[]; readonly whole: ReadonlySet<string> | undefined};

/** Provisional requests in memory, by log. They do not revise facts of stored requests. */
export class Provisional {
	readonly #byLog = new Map<string, OfLog>();

	/** True if there are no provisional requests. */
	get isEmpty(): boolean {
		return this.#byLog.size === 0;
	}

	/**
	 * Replaces a log's provisional requests. Returns true if anything changed.
	 * @param whole those of whole lines, if others are of an unfinished last line
	 */
	put(log: string, requests: readonly Request[], whole?: readonly Request[]): boolean {
		const before = this.#byLog.get(log)?.requests ?? [];
		if (requests.length === 0) {
			this.#byLog.delete(log);
		} else {
			this.#byLog.set(log, {requests, whole: whole && new Set(whole.map(({id}) => id))});
		}
		// A request that is still being written keeps its id.
		return before.length !== requests.length || JSON.stringify(before) !== JSON.stringify(requests);
	}

	/**
	 * All provisional requests, oldest first, each id once.
	 * @param kept stored requests with these ids, which take precedence
	 * @param nameOf returns the name that a thread goes by
	 * @param threadOf returns a thread after all its stored requests
	 * @param isStored returns whether a request of a log is stored under another id
	 */
	all(
		kept: (ids: readonly string[]) => ReadonlyMap<string, unknown>,
		nameOf: (name: string) => string,
		threadOf: (name: string) => Thread<unknown>,
		isStored: (log: string, request: Request) => boolean,
	): readonly Counted[] {
		const all = [...this.#byLog].flatMap(([log, {requests, whole}]) =>
			whole ? requests.filter(request => whole.has(request.id) || !isStored(log, request)) : requests,
		);
		const byId = new Map(all.map(request => [request.id, request]));
		const put = kept([...byId.keys()]);
		const requests = [...byId.values()]
			.filter(({id}) => !put.has(id))
			.map(request => ({...request, thread: request.thread === undefined ? undefined : nameOf(request.thread)}));
		return countThreads(
			requests.sort((one, other) => one.time - other.time),
			undefined,
			threadOf,
		).counted;
	}
}
