import type {Facts} from '../../metrics/facts.js';
import {defaultLifetime, writtenFor} from '../../metrics/lifetime.js';
import type {Kept, RequestTable} from './request-table.js';
import type {RollupWriter} from './rollup-writer.js';
import {ThreadProgress} from './thread-progress.js';

/** Counts the facts of a thread from its requests, and corrects those that are kept otherwise. */
export const recount = (thread: number, requests: RequestTable, sums: RollupWriter): ThreadProgress => {
	const progress = new ThreadProgress(thread, firstLifetimeOf(thread, requests));
	for (const kept of requests.ofThread(thread)) {
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

/** As long as the thread's first write. */
export const firstLifetimeOf = (thread: number, requests: RequestTable): number => {
	for (const {request} of requests.ofThread(thread)) {
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
