import type {Usage} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import type {Sum} from '../format.js';
import {addedSum, tokensOf} from '../records/counts.js';
import {RecentMap} from '../state/recent-map.js';

/** Maximum number of threads whose sums are kept. */
const mostThreads = 500;

/** As plain data. */
export type RunSumsState = readonly object[];

/** Sums that runs report of their calls, by thread; they are no requests. */
export class RunSums {
	readonly #sums: RecentMap<Sum>;

	constructor(state: RunSumsState = []) {
		this.#sums = new RecentMap(
			mostThreads,
			(state as readonly Sum[]).map(sum => [sum.id, sum]),
		);
	}

	get sums(): readonly Sum[] {
		return this.#sums.entries().map(([, sum]) => sum);
	}

	/** @param told number of requests that the usage sums up; unknown unless whole */
	add(thread: string | undefined, told: number, usage: Usage): void {
		const name = boundName(thread);
		const id = name ?? '';
		const requests = Number.isSafeInteger(told) ? told : undefined;
		this.#sums.set(id, addedSum(this.#sums.get(id), {id, thread: name, requests, tokens: tokensOf(usage)}));
	}
}
