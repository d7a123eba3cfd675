import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import type {TracedRequest} from '../measured.js';
import {inOrder} from '../request-order.js';
import {newThread, type Thread} from './chain.js';
import {type Counted, type Facts, factsAlone} from './facts.js';
import {asKind, canBeTogether, type Start, sentTogether, startOf} from './fan-out.js';
import {follow, logInOrder} from './follow.js';

/** Requests for which facts are computed, by index. */
export type Countable = {
	/** The indices of each thread's requests, oldest first. Requests without a thread are one entry. */
	readonly threads: Iterable<readonly [name: string | undefined, places: readonly number[]]>;
	request(place: number): TracedRequest;
	id(place: number): string;
	time(place: number): number;
	/** Identifies the log of a request: requests with equal times in the same log are in its order. */
	log(place: number): unknown;
};

/** Facts by the index of their request. */
type FactsByPlace = {at(place: number): Facts; set(place: number, facts: Facts): void};

/**
 * Computes the facts of all requests.
 * @param facts receives them
 * @param keep receives each thread after its last request; the keys of its ends are indices
 * @param before returns a thread's state before the first of these requests; empty by default
 */
export const countFacts = (
	requests: Countable,
	facts: FactsByPlace,
	keep?: (name: string, thread: Thread<number>) => void,
	before: (thread: string) => Thread<unknown> = newThread,
): void => {
	const revised = new Set<number>();
	const starts = new Map<number, Start>();
	for (const [name, places] of requests.threads) {
		if (name === undefined) {
			for (const place of places) {
				facts.set(place, factsAlone(requests.request(place)));
			}
			continue;
		}
		let thread = before(name);
		const ordered = inOrder(
			places,
			place => {
				const request = requests.request(place);
				return {request: withId(requests, place, request), log: logInOrder(request, requests.log(place))};
			},
			place => requests.time(place),
		);
		for (const place of ordered) {
			const request = requests.request(place);
			const step = follow<unknown>(thread, request, place);
			facts.set(place, step.facts);
			noteStart(starts, requests, place, request, step.facts);
			for (const {key, after} of step.revised) {
				// Earlier requests are not ours to revise.
				if (typeof key === 'number') {
					facts.set(key, after);
					revised.add(key);
					noteStart(starts, requests, key, requests.request(key), after);
				}
			}
			thread = step.thread;
		}
		keep?.(name, thread as Thread<number>);
	}
	for (const {place} of sentTogether([...starts].map(([place, start]) => ({place, start})))) {
		const of = facts.at(place);
		if (canBeTogether(of.cold?.kind) && !revised.has(place)) {
			facts.set(place, asKind(of, 'together'));
		}
	}
};

const withId = (requests: Countable, place: number, request: TracedRequest): TracedRequest & Pick<Request, 'id'> => ({
	...request,
	id: requests.id(place),
});

const noteStart = (
	starts: Map<number, Start>,
	requests: Countable,
	place: number,
	request: TracedRequest,
	facts: Facts,
): void => {
	const start = facts.cold && startOf(withId(requests, place, request), facts);
	if (start) {
		starts.set(place, start);
	} else if (starts.size > 0) {
		starts.delete(place);
	}
};

type CountedThreads = {
	/** All requests with facts, in their order. */
	readonly counted: readonly Counted[];
	/** Each thread after its last request, by name; the keys of its ends are indices of requests. */
	readonly threads: ReadonlyMap<string, Thread<number>>;
};

/**
 * Computes the facts of a list of requests.
 * @param requests oldest first
 */
export const countThreads = (
	requests: readonly Request[],
	logOf: (index: number) => unknown = index => requests[index]?.source,
	before?: (thread: string) => Thread<unknown>,
): CountedThreads => {
	const facts: Facts[] = [];
	const threads = new Map<string, Thread<number>>();
	countFacts(
		{
			threads: grouped(requests.keys(), index => requests[index]?.thread),
			request: index => requests[index] as Request,
			id: index => (requests[index] as Request).id,
			time: index => (requests[index] as Request).time,
			log: logOf,
		},
		{
			at: index => facts[index] as Facts,
			set: (index, of) => {
				facts[index] = of;
			},
		},
		(name, thread) => threads.set(name, thread),
		before,
	);
	return {counted: requests.map((request, index) => ({request, facts: facts[index] as Facts})), threads};
};
