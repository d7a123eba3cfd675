import {boundName} from '../../text/bound-names.js';
import type {Sum} from '../format.js';
import {RecentMap} from '../state/recent-map.js';

/** Maximum number of sums remembered per log. */
const mostSums = 500;

const noTokens = {uncached: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0};

/** The initial state, which also defines the shape of a saved state. */
export const emptyAddedSumsState = [{id: '', tokens: noTokens}];

/** Sums by id, for logs that report a sum more than once, each time for other calls. */
export class AddedSums {
	readonly #sums: RecentMap<Sum>;

	/** @param state as `all` returned it */
	constructor(state: typeof emptyAddedSumsState | readonly Sum[] = []) {
		this.#sums = new RecentMap(
			mostSums,
			(state as readonly Sum[]).map(sum => [sum.id, sum]),
		);
	}

	/** The sums, the one that was added to last at the end. */
	get all(): readonly Sum[] {
		return this.#sums.entries().map(([, sum]) => sum);
	}

	/**
	 * Adds to the sum with this id. What belongs to no thread is added to the sum without a name where too many are kept
	 * apart, so that nothing of it is lost; a number of requests that is not whole is unknown.
	 */
	add(sum: Sum): void {
		const name = boundName(sum.id) ?? '';
		const isApart = sum.thread !== undefined || this.#sums.get(name) !== undefined || this.#sums.size < mostSums - 1;
		const id = isApart ? name : '';
		this.#sums.set(id, addedSum(this.#sums.get(id), bounded({...sum, id})));
	}

	/** Replaces the sum with this id. */
	replace(sum: Sum): void {
		const told = bounded(sum);
		this.#sums.set(told.id, told);
	}

	/** Drops all sums, because the log starts again. */
	clear(): void {
		this.#sums.clear();
	}
}

const bounded = (sum: Sum): Sum => ({
	...sum,
	id: boundName(sum.id) ?? '',
	thread: boundName(sum.thread),
	requests: Number.isSafeInteger(sum.requests) ? sum.requests : undefined,
});

/** A sum increased by another of the same kind. */
const addedSum = (before: Sum | undefined, more: Sum): Sum => {
	if (!before) {
		return more;
	}
	const [one, other] = [before.tokens, more.tokens];
	return {
		...before,
		requests:
			before.requests === undefined || more.requests === undefined ? undefined : before.requests + more.requests,
		tokens: {
			uncached: one.uncached + other.uncached,
			cacheRead: one.cacheRead + other.cacheRead,
			cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
			cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
			output: one.output + other.output,
		},
	};
};
