import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import {inOrder} from '../order.js';
import {newThread, type Thread} from './chain.js';
import {type Counted, type Facts, factsAlone} from './facts.js';
import {asKind, canBeTogether, type Start, sentTogether, startOf} from './fan-out.js';
import {follow} from './follow.js';

export type CountedThreads = {
	/** All requests, in their order. */
	readonly counted: readonly Counted[];
	/** Each thread behind its last request, by name; the keys of its ends are places among the requests. */
	readonly threads: ReadonlyMap<string, Thread<number>>;
};

/**
 * Counts the facts of all requests.
 * @param requests oldest first
 * @param logOf what tells the log of one of them from others: of equal times, those of one log are in its order
 * @param before the thread as it is before the first of these requests; an empty one unless told otherwise
 */
export const countThreads = (
	requests: readonly Request[],
	logOf: (index: number) => unknown = index => requests[index]?.source,
	before: (thread: string) => Thread<unknown> = newThread,
): CountedThreads => {
	const facts = requests.map(factsAlone);
	const revised = new Set<number>();
	const starts = new Map<number, Start>();
	const threads = new Map<string, Thread<number>>();
	for (const [name, indices] of grouped(requests.keys(), index => requests[index]?.thread)) {
		if (name === undefined) {
			continue;
		}
		let thread = before(name);
		const ordered = inOrder(indices, index => ({request: requests[index] as Request, log: logOf(index)}));
		for (const index of ordered) {
			const step = follow<unknown>(thread, requests[index] as Request, index);
			facts[index] = step.facts;
			noteStart(starts, index, requests[index] as Request, step.facts);
			for (const {key, after} of step.revised) {
				// Those before these requests are not ours to revise.
				if (typeof key === 'number') {
					facts[key] = after;
					revised.add(key);
					noteStart(starts, key, requests[key] as Request, after);
				}
			}
			thread = step.thread;
		}
		threads.set(name, thread as Thread<number>);
	}
	for (const {index} of sentTogether([...starts].map(([index, start]) => ({index, start})))) {
		const of = facts[index] as Facts;
		if (canBeTogether(of.cold?.kind) && !revised.has(index)) {
			facts[index] = asKind(of, 'together');
		}
	}
	return {counted: requests.map((request, index) => ({request, facts: facts[index] as Facts})), threads};
};

const noteStart = (starts: Map<number, Start>, index: number, request: Request, facts: Facts): void => {
	const start = facts.cold && startOf(request, facts);
	if (start) {
		starts.set(index, start);
	} else {
		starts.delete(index);
	}
};

/** The facts of all requests, in their order: oldest first. */
export const factsOf = (requests: readonly Request[]): readonly Counted[] => countThreads(requests).counted;
