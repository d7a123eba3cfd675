import type {Facts} from '../../../metrics/breaks/facts.js';
import {mostBoundaries} from '../../../metrics/breaks/facts.js';
import {defaultLifetime, writtenFor} from '../../../metrics/breaks/lifetime.js';
import type {Request} from '../../../request.js';
import type {Kept, RequestTable} from '../tables/request-table.js';
import type {RollupWriter} from './rollup-writer.js';
import {ThreadProgress} from './thread-progress.js';

/** Requests of a thread's end that are looked at whether what comes before them matters. */
const tailLength = 256;

/** How far a thread has come whose facts are right, from its end alone where that tells. */
export const resume = (thread: number, requests: RequestTable, sums: RollupWriter): ThreadProgress => {
	const tail = tailOf(thread, requests, Number.MAX_SAFE_INTEGER);
	return tail.length < tailLength || isSettled(tail)
		? progressOf(thread, tail)
		: recount(thread, requests, sums, Number.MIN_SAFE_INTEGER);
};

/**
 * Counts the facts of a thread from its requests, and corrects those that are kept otherwise.
 * @param from those before this time are right, as far as nothing later tells how long the cache lived at the beginning
 */
export const recount = (thread: number, requests: RequestTable, sums: RollupWriter, from: number): ThreadProgress => {
	const tail = tailOf(thread, requests, from);
	const isKnown = isSettled(tail);
	const progress = isKnown
		? progressOf(thread, tail)
		: new ThreadProgress(thread, firstLifetimeOf(requests.ofThread(thread)));
	for (const kept of requests.ofThread(thread, isKnown ? from : undefined)) {
		const facts = progress.add(kept.request, kept.row);
		if (!sameFacts(facts, kept.facts)) {
			const corrected: Kept = {...kept, facts};
			requests.update(corrected);
			sums.remove(kept, true);
			sums.add(corrected);
		}
	}
	return progress;
};

/** The last requests of a thread before a time, oldest first. */
const tailOf = (thread: number, requests: RequestTable, before: number): readonly Kept[] => {
	const tail: Kept[] = [];
	for (const kept of requests.newest({from: Number.MIN_SAFE_INTEGER, to: before, threads: [thread]}, tailLength)) {
		tail.push(kept);
		if (tail.length === tailLength) {
			break;
		}
	}
	return tail.reverse();
};

const progressOf = (thread: number, kept: readonly Kept[]): ThreadProgress => {
	const progress = new ThreadProgress(thread, firstLifetimeOf(kept));
	for (const {request, row} of kept) {
		progress.add(request, row);
	}
	return progress;
};

/**
 * Whether the thread is as these requests leave it, and was before the last of them, whatever came before them all: they
 * tell how long the cache lives, and more ends of blocks than are remembered.
 */
const isSettled = (requests: readonly Kept[]): boolean => {
	const usages = requests.flatMap(({request: {usage}}) => usage ?? []).slice(0, -1);
	const known = usages.filter(({accuracy}) => accuracy === 'exact' || accuracy === 'partial');
	const ends = known.flatMap(usage => [usage.cacheRead, usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h]);
	return (
		known.some(usage => writtenFor(usage) !== undefined) && new Set(ends.filter(end => end > 0)).size >= mostBoundaries
	);
};

/** As long as the thread's first write. */
export const firstLifetimeOf = (requests: Iterable<{readonly request: Request}>): number => {
	for (const {request} of requests) {
		const lifetime = request.usage && writtenFor(request.usage);
		if (lifetime !== undefined) {
			return lifetime;
		}
	}
	return defaultLifetime;
};

export const sameFacts = (one: Facts, other: Facts): boolean =>
	one.gap === other.gap &&
	one.readFiveMinutes === other.readFiveMinutes &&
	one.readOneHour === other.readOneHour &&
	JSON.stringify(one.loss) === JSON.stringify(other.loss);
