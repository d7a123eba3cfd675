import type {Revision} from '../../../metrics/breaks/chain.js';
import type {Facts} from '../../../metrics/breaks/facts.js';
import type {PaidTokens} from '../../../metrics/breaks/paid-tokens.js';
import type {Kept} from '../tables/kept-rows.js';
import type {Tables} from '../tables/tables.js';
import {type Checkpoint, type Place, ThreadProgress} from './thread-progress.js';

/** The tables with facts and sums. */
type Counts = Pick<Tables, 'requests' | 'indices' | 'sums' | 'checkpoints' | 'fanOuts'>;

/** The progress of a thread whose facts are correct: from its newest checkpoint, or else from its beginning. */
export const resume = (thread: number, {requests, indices, checkpoints}: Counts): ThreadProgress => {
	indices.need('request_thread');
	const from = checkpoints.of(thread);
	const progress = new ThreadProgress(thread, from && [from], from);
	for (const {request, row, lane, log} of requests.ofThread(thread, from?.time)) {
		progress.follow(request, {row, lane, log, time: request.time});
	}
	return progress;
};

/**
 * Recomputes the facts of a thread from its requests, and corrects stored ones that differ.
 * @param stale facts before its `staleFrom` are correct, except for those that later requests revised
 */
export const recount = (stale: ThreadProgress, counts: Counts): ThreadProgress => {
	const {id} = stale;
	counts.indices.need('request_thread');
	const before = checkpointsBefore(stale, counts);
	const from = before.at(-1);
	if (from) {
		unrevise(from, counts);
	}
	const progress = new ThreadProgress(id, before, 'unknown');
	for (const {request, facts, row, lane, log} of counts.requests.ofThread(id, from?.time)) {
		const place = {row, lane, log, time: request.time};
		const counting = progress.follow(request, place);
		correct({request, facts, row, thread: id, lane, log}, counting.facts, counts);
		for (const revision of counting.revised) {
			revise(revision, id, counts);
		}
	}
	return progress;
};

const checkpointsBefore = (stale: ThreadProgress, {checkpoints}: Counts): readonly Checkpoint[] => {
	const remembered = stale.checkpointsBefore(stale.staleFrom);
	const kept = remembered.length === 0 ? checkpoints.of(stale.id) : undefined;
	return kept && kept.time < stale.staleFrom ? [kept] : remembered;
};

/** Restores the facts that requests before a checkpoint had then, since later requests may have revised them. */
const unrevise = ({thread}: Checkpoint, counts: Counts): void => {
	for (const {suspended, waiting} of thread.ends) {
		for (const {key, before} of suspended ? [suspended, ...waiting] : waiting) {
			const kept = counts.requests.at(key.row);
			if (kept) {
				correct(kept, before, counts);
			}
		}
	}
};

/** Replaces the facts of a request; its sums change by the difference, without reading its tokens. */
export const revise = ({key, before, after}: Revision<Place>, thread: number, counts: Counts): void => {
	const {requests, sums, fanOuts} = counts;
	if (before.cold) {
		fanOuts.remove(key.row);
	}
	const kept = after.cold && requests.at(key.row);
	if (kept) {
		fanOuts.add(key.row, kept.request, after, false);
	}
	requests.setFacts(key.row, after);
	const {lane, log, time} = key;
	sums.replaceFacts({lane, log, thread, time}, before, after);
};

/** Stores the correct facts of a request. */
const correct = ({request, facts, row, thread, lane, log}: Kept, right: Facts, counts: Counts): void => {
	if (!sameFacts(facts, right)) {
		if (facts.cold) {
			counts.fanOuts.remove(row);
		}
		counts.fanOuts.add(row, request, right);
		counts.requests.setFacts(row, right);
		counts.sums.replaceFacts({lane, log, thread, time: request.time}, facts, right);
	}
};

/** True if recomputed facts equal the stored ones. */
export const sameFacts = (one: Facts, other: Facts): boolean =>
	one.gap === other.gap &&
	one.readFiveMinutes === other.readFiveMinutes &&
	one.readOneHour === other.readOneHour &&
	one.cold?.kind === other.cold?.kind &&
	samePaid(one.loss, other.loss) &&
	one.loss?.cause === other.loss?.cause &&
	one.loss?.detail === other.loss?.detail &&
	one.loss?.gap === other.loss?.gap &&
	one.loss?.provisionalUntil === other.loss?.provisionalUntil &&
	samePaid(one.small, other.small) &&
	one.small?.automatic === other.small?.automatic;

const samePaid = (one: PaidTokens | undefined, other: PaidTokens | undefined): boolean =>
	one?.oneHour === other?.oneHour && one?.fiveMinutes === other?.fiveMinutes && one?.input === other?.input;
