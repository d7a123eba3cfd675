import type {Log} from '../../../log.js';
import type {Request} from '../../../request.js';
import {replaces} from '../../replaces.js';
import type {Kept} from '../tables/kept-rows.js';

/** A request to keep, and the log that tells it. */
export type Put = {
	readonly log: Log;
	readonly request: Request;
	/** That of its id. */
	readonly key: number;
};

/**
 * What of each request is kept after all that was told of it, by id: of one that is still streamed that is the last. None
 * where what was kept before stays.
 * @param puts in order of arrival  @param found those of the same ids that were kept before
 */
export const lastOf = (puts: readonly Put[], found: ReadonlyMap<string, Kept>): ReadonlyMap<string, Put> => {
	const last = new Map<string, Put>();
	for (const put of puts) {
		const {request} = put;
		const before = last.get(request.id)?.request ?? found.get(request.id)?.request;
		if (!before || replaces(request, before)) {
			last.set(request.id, put);
		}
	}
	return last;
};
