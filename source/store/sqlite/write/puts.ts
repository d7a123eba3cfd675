import {replaces} from '../../replaces.js';
import type {Change} from '../../store.js';
import type {Kept} from '../tables/kept-rows.js';

/** A request to keep, as one change of a batch. */
export type Put = Change & {readonly kind: 'put'};

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
