import type {Request} from '../../request.js';
import {grouped} from '../grouped.js';
import {inOrder} from '../order.js';
import {newThread, type Thread} from './chain.js';
import {type Counted, type Facts, factsAlone} from './facts.js';
import {asKind, canBeTogether, type Start, sentTogether, startOf} from './fan-out.js';
import {follow, logInOrder} from './follow.js';

/** Requests whose facts are counted, by their places. */
export type Countable = {
	/** The places of each thread's requests, oldest first. Those without a thread are one. */
	readonly threads: Iterable<readonly [name: string | undefined, places: readonly number[]]>;
	request(place: number): Request;
	time(place: number): number;
	/** What tells the log of one of them from others: of equal times, those of one log are in its order. */
	log(place: number): unknown;
};

/** Facts by the places of their requests. */
type FactsByPlace = {at(place: number): Facts; set(place: number, facts: Facts): void};

/**
 * Counts the facts of all requests.
 * @param facts where they are put
 * @param keep is handed each thread behind its last request; the keys of its ends are places
 * @param before a thread as it is before the first of these requests; an empty one unless told otherwise
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
				return {request, log: logInOrder(request, requests.log(place))};
			},
			place => requests.time(place),
		);
		for (const place of ordered) {
			const request = requests.request(place);
			const step = follow<unknown>(thread, request, place);
			facts.set(place, step.facts);
			noteStart(starts, place, request, step.facts);
			for (const {key, after} of step.revised) {
				// Those before these requests are not ours to revise.
				if (typeof key === 'number') {
					facts.set(key, after);
					revised.add(key);
					noteStart(starts, key, requests.request(key), after);
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

const noteStart = (starts: Map<number, Start>, place: number, request: Request, facts: Facts): void => {
	const start = facts.cold && startOf(request, facts);
	if (start) {
		starts.set(place, start);
	} else if (starts.size > 0) {
		starts.delete(place);
	}
};

type CountedThreads = {
	/** All requests, in their order. */
	readonly counted: readonly Counted[];
	/** Each thread behind its last request, by name; the keys of its ends are places among the requests. */
	readonly threads: ReadonlyMap<string, Thread<number>>;
};

/**
 * The same for requests in a list.
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
