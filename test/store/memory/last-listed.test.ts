import fc from 'fast-check';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {inListOrder} from '../../../source/metrics/request-order.js';
import {lastListed} from '../../../source/store/memory/last-listed.js';
import {MemoryStore} from '../../../source/store/memory/memory-store.js';
import {measured} from '../../support/requests.js';

const always = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

test('lists that begin among requests of one time are the end of the whole list', () => {
	const requests = fc.array(fc.record({log: fc.constantFrom('a', 'b', 'c'), time: fc.constantFrom(1, 1, 1, 2)}), {
		maxLength: 30,
	});
	fc.assert(
		fc.property(requests, fc.array(fc.nat(30), {minLength: 1, maxLength: 5}), fc.nat(), (given, lengths, seed) => {
			const store = new MemoryStore(priceList());
			const told = given.map(({log, time}, index) =>
				measured({cacheRead: 1}, {id: `${(index * 7 + seed) % 31} ${index}`, time, source: log}),
			);
			store.commit({
				changes: told.map(request => ({kind: 'put', log: {id: request.source, name: request.source}, request})),
				cursors: [],
			});
			const sorted = [...told].sort((one, other) => one.time - other.time).map(request => ({request}));
			const ids = inListOrder(sorted).map(({request}) => request.id);
			for (const most of lengths) {
				expect(store.requests(always, {}, most).map(({request}) => request.id)).toEqual(
					ids.slice(Math.max(0, ids.length - most)),
				);
			}
		}),
		{numRuns: 200},
	);
});

test('of a hundred thousand requests of one time no more are put in order than are listed', () => {
	const tied = Int32Array.from({length: 100_000}, (_, row) => row);
	expect([...lastListed(tied, () => 0, 3)]).toEqual([99_997, 99_998, 99_999]);
	expect(lastListed(tied, row => row % 2, 4)).toHaveLength(4);
	expect(lastListed(tied, row => row, 1)).toHaveLength(100_000);
});
