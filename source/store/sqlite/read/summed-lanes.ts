import {priceKey} from '../../../metrics/sums/parts.js';
import type {KeptLane} from '../tables/lane-table.js';

/**
 * Lanes by number, each with the one that it is summed under.
 * @param all lanes by number
 * @param ids those to be summed; all by default
 * @param byPrice true sums lanes of equal prices under the first of them, else each is summed by itself
 */
export const summedLanes = (
	all: ReadonlyMap<number, KeptLane>,
	ids: Iterable<number> = all.keys(),
	byPrice = false,
): ReadonlyMap<number, number> => {
	const firsts = new Map<string, number>();
	const summed = new Map<number, number>();
	for (const id of ids) {
		const price = all.get(id)?.lane.price;
		const key = price ? priceKey(price) : '';
		const first = byPrice ? (firsts.get(key) ?? id) : id;
		firsts.set(key, first);
		summed.set(id, first);
	}
	return summed;
};
