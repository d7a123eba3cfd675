import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import {newThread, type Thread} from './chain.js';
import {type Counted, type Facts, factsAlone} from './facts.js';
import {follow} from './follow.js';

/**
 * The facts of all requests, in their order: oldest first.
 * @param before the thread as it is before the first of these requests; an empty one unless told otherwise
 */
export const factsOf = (
	requests: readonly Request[],
	before: (thread: string) => Thread<unknown> = newThread,
): readonly Counted[] => {
	const facts = requests.map(factsAlone);
	const threads = grouped(requests.keys(), index => requests[index]?.thread);
	for (const [name, indices] of threads) {
		let thread = name === undefined ? undefined : before(name);
		for (const index of thread ? indices : []) {
			const step = follow<unknown>(thread as Thread<unknown>, requests[index] as Request, index);
			facts[index] = step.facts;
			for (const {key, after} of step.revised) {
				// Those before these requests are not ours to revise.
				if (typeof key === 'number') {
					facts[key] = after;
				}
			}
			thread = step.thread;
		}
	}
	return requests.map((request, index) => ({request, facts: facts[index] as Facts}));
};
