import type {Thread} from '../../../metrics/breaks/chain.js';
import {countThreads} from '../../../metrics/breaks/count-facts.js';
import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Request} from '../../../request.js';

/** Requests that count for now: held in memory, by log. They revise no facts of those that are kept. */
export class Provisional {
	readonly #byLog = new Map<string, readonly Request[]>();

	/** No request counts for now. */
	get isEmpty(): boolean {
		return this.#byLog.size === 0;
	}

	/** Whether anything changed. */
	put(log: string, requests: readonly Request[]): boolean {
		const before = this.#byLog.get(log) ?? [];
		// A request that is still being written grows under one id.
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
	 * Oldest first, each id once.
	 * @param kept those of these ids that were put: they win
	 * @param nameOf what the thread of a name is called
	 * @param threadOf a thread behind all requests that are kept
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
