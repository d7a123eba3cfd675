import type {Request} from '../../request.js';
import {newThread, type Thread} from './chain.js';
import {type Counted, type Facts, factsAlone} from './facts.js';
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
 * @param before the thread as it is before the first of these requests; an empty one unless told otherwise
 */
export const countThreads = (
	requests: readonly Request[],
	before: (thread: string) => Thread<unknown> = newThread,
): CountedThreads => {
	const facts: Facts[] = [];
	const threads = new Map<string, Thread<unknown>>();
	for (const [index, request] of requests.entries()) {
		const {thread: name} = request;
		if (name === undefined) {
			facts.push(factsAlone(request));
			continue;
		}
		const step = follow<unknown>(threads.get(name) ?? before(name), request, index);
		facts.push(step.facts);
		for (const {key, after} of step.revised) {
			// Those before these requests are not ours to revise.
			if (typeof key === 'number') {
				facts[key] = after;
			}
		}
		threads.set(name, step.thread);
	}
	return {
		counted: requests.map((request, index) => ({request, facts: facts[index] as Facts})),
		threads: threads as Map<string, Thread<number>>,
	};
};

/** The facts of all requests, in their order: oldest first. */
export const factsOf = (requests: readonly Request[]): readonly Counted[] => countThreads(requests).counted;
