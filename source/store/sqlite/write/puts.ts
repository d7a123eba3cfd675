import type {Log} from '../../../log.js';
import type {Request} from '../../../request.js';
import {replaces} from '../../replaces.js';
import type {Kept} from '../tables/kept-rows.js';
import {RowsByKey} from '../tables/request-keys.js';

/** A request to keep, and the log that tells it. */
export type Put = {
	readonly log: Log;
	readonly request: Request;
	/** That of its id. */
	readonly key: number;
};

/**
 * What of each request is kept after all that was told of it, in the order in which ids were told first: of one that is
 * still streamed that is the last. None where what was kept before stays.
 * @param puts in order of arrival  @param found those of the same ids that were kept before
 */
export const lastOf = (puts: readonly Put[], found: ReadonlyMap<string, Kept>): readonly Put[] => {
	const last: Put[] = [];
	// By their keys: a map of thousands of ids takes as long as it takes to count the requests.
	const places = new RowsByKey();
	for (const put of puts) {
		const {request, key} = put;
		const place = places.find(key, at => last[at]?.request.id === request.id);
		const before = place === undefined ? found.get(request.id)?.request : last[place]?.request;
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
