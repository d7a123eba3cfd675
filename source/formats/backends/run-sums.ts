import type {Usage} from '../../request.js';
import {boundName} from '../../text/bound-names.js';
import type {Sum} from '../format.js';
import {addedSum, tokensOf} from '../records/counts.js';
import {RecentMap} from '../state/recent-map.js';

/** Threads whose sums are remembered. */
const mostThreads = 500;

/** As plain data. */
export type RunSumsState = readonly object[];

/** What runs tell of the calls in them together, added up by thread: they are no requests. */
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

	/** @param told how many requests the usage sums up; what is no such number is unknown */
	add(thread: string | undefined, told: number, usage: Usage): void {
		const name = boundName(thread);
		const id = name ?? '';
		const requests = Number.isSafeInteger(told) ? told : undefined;
		this.#sums.set(id, addedSum(this.#sums.get(id), {id, thread: name, requests, tokens: tokensOf(usage)}));
	}
}
