import {expect, test} from 'vitest';
import {newest} from '../../../../source/store/sqlite/read/newest.js';
import {measured} from '../../../support/requests.js';

const count = 1_200_000;
const one = measured({cacheRead: 1});

test('lists of any length are answered', () => {
	const requests = {
		*newest() {
			for (let place = count; place > 0; place--) {
				yield {request: {...one, time: place}, facts: {}};
			}
		},
	};
	const reader = {rowsOf: () => ({lanes: undefined, threads: undefined})};
	const query = {window: {from: 0, to: count + 1, name: 'custom'}, selection: {taken: () => true}, provisional: []};
	const found = newest(reader as never, requests as never, query as never, {
		most: Number.POSITIVE_INFINITY,
		isWanted: () => true,
	});
	expect([found.length, found[0]?.request.time]).toEqual([count, 1]);
});
