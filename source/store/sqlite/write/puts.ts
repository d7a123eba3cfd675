import type {Log} from '../../../log.js';
import type {Request} from '../../../request.js';
import {replaces} from '../../replaces.js';
import type {Kept} from '../tables/kept-rows.js';
import {RowsByKey} from '../tables/request-keys.js';

/** A request to store, and the log that it is from. */
export type Put = {
	readonly log: Log;
	readonly request: Request;
	/** The key of its id. */
	readonly key: number;
};

/**
 * The stored request with an id. Mostly none of a batch is stored, but even an empty map would hash each id, which takes
 * longer than the rest of the comparison.
 */
export const foundAs = (id: string, found: ReadonlyMap<string, Kept>): Kept | undefined =>
	found.size === 0 ? undefined : found.get(id);

/**
 * The last version of each request, in the order in which the ids came first: a request that is streamed comes several
 * times. Requests whose stored version stays are left out.
 * @param puts in order of arrival @param found stored requests with the same ids
 */
export const lastOf = (puts: readonly Put[], found: ReadonlyMap<string, Kept>): readonly Put[] => {
	const last: Put[] = [];
	// By key: a map of thousands of ids would take as long as counting the requests.
	const places = new RowsByKey();
	for (const put of puts) {
		const {request, key} = put;
		const place = places.find(key, at => last[at]?.request.id === request.id);
		const before = place === undefined ? foundAs(request.id, found)?.request : last[place]?.request;
		if (before && !replaces(request, before)) {
			continue;
		}
		if (place === undefined) {
			places.add(key, last.push(put) - 1);
		} else {
			last[place] = put;
		}
	}
	return last;
};
