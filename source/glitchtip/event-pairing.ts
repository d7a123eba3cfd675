import {RecentMap} from '../formats/state/recent-map.js';
import type {Request} from '../request.js';
import type {LocalLedger} from '../store/local-ledger.js';
import type {Batch, Change} from '../store/store.js';
import {isOfEvent, pairEvents, reach} from './pair-events.js';

const hour = 3_600_000;
const mostRemembered = 50_000;

/**
 * Removes events from a batch if a log has reported the same calls, so that a call is counted once. A call that is
 * logged after its event was stored is not matched, so logs are read first.
 */
export class EventPairing {
	/** Ids of requests that have been matched. */
	readonly #taken = new RecentMap<true>(mostRemembered);

	/** The batch without such events. @param ledger the stored requests, and those that count for now */
	without(batch: Batch, ledger: Pick<LocalLedger, 'requests'>): Batch {
		if (!batch.changes.some(change => change.kind === 'put' && isOfEvent(change.request))) {
			return batch;
		}
		const puts = batch.changes.flatMap(change => (change.kind === 'put' ? change.request : []));
		const events = puts.filter(isOfEvent);
		const told = puts.filter(request => !isOfEvent(request));
		const repeats = new Set<string>();
		for (const some of byHour(events)) {
			for (const [event, request] of pairEvents(some, [...told, ...around(some, ledger)], this)) {
				repeats.add(event);
				this.#taken.set(request, true);
			}
		}
		const isRepeat = (change: Change) => change.kind === 'put' && repeats.has(change.request.id);
		return {...batch, changes: batch.changes.filter(change => !isRepeat(change))};
	}

	/** True if a request has been matched. */
	has(id: string): boolean {
		return this.#taken.get(id) === true;
	}
}

const byHour = (events: readonly Request[]): Iterable<readonly Request[]> => {
	const hours = new Map<number, Request[]>();
	for (const event of [...events].sort((one, other) => one.time - other.time)) {
		const key = Math.floor(event.time / hour);
		hours.set(key, [...(hours.get(key) ?? []), event]);
	}
	return hours.values();
};

/** The requests from logs that some events may be about. */
const around = (events: readonly Request[], ledger: Pick<LocalLedger, 'requests'>): readonly Request[] => {
	const times = events.map(({time}) => time);
	const [first, last] = [times[0] ?? 0, times[times.length - 1] ?? 0];
	return ledger
		.requests({from: first - reach.before, to: last + reach.after + 1, name: 'custom'}, {}, Number.POSITIVE_INFINITY)
		.map(({request}) => request)
		.filter(request => !isOfEvent(request));
};
