import type {Thread} from '../../../metrics/breaks/chain.js';
import {countThreads} from '../../../metrics/breaks/count-facts.js';
import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Request} from '../../../request.js';

/** Provisional requests in memory, by log. They do not revise facts of stored requests. */
export class Provisional {
	readonly #byLog = new Map<string, readonly Request[]>();

	/** True if there are no provisional requests. */
	get isEmpty(): boolean {
		return this.#byLog.size === 0;
	}

	/** Replaces a log's provisional requests. Returns true if anything changed. */
	put(log: string, requests: readonly Request[]): boolean {
		const before = this.#byLog.get(log) ?? [];
		// A request that is still being written keeps its id.
		if (before.length === requests.length && JSON.stringify(before) === JSON.stringify(requests)) {
			return false;
		}
		if (requests.length === 0) {
			this.#byLog.delete(log);
		} else {
			this.#byLog.set(log, requests);
		}
		return true;
	}

	/**
	 * All provisional requests, oldest first, each id once.
	 * @param kept stored requests with these ids, which take precedence
	 * @param nameOf returns the name that a thread goes by
	 * @param threadOf returns a thread after all its stored requests
	 */
	all(
		kept: (ids: readonly string[]) => ReadonlyMap<string, unknown>,
		nameOf: (name: string) => string,
		threadOf: (name: string) => Thread<unknown>,
	): readonly Counted[] {
		const byId = new Map([...this.#byLog.values()].flat().map(request => [request.id, request]));
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
