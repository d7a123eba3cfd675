import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../../source/store/memory/memory-store.js';
import {measured} from '../../support/requests.js';

const log = {id: '/a.log', name: 'a.log'};
const always = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

test('what counts for now is in the first answer, also where it needed more room', () => {
	const store = new MemoryStore(priceList());
	// As many as there is room for at first.
	const requests = Array.from({length: 1024}, (_, index) => measured({cacheRead: 1}, {id: `${index}`, time: index}));
	store.commit({changes: requests.map(request => ({kind: 'put', log, request})), cursors: []});
	store.putProvisional(log, [measured({cacheRead: 1}, {id: 'now', time: 1024, thread: 'late'})]);
	expect(store.thread('late', always, {}, 10).map(({request}) => request.id)).toEqual(['now']);
	store.commit({changes: [{kind: 'put', log, request: measured({}, {id: 'kept', thread: 'late'})}], cursors: []});
	expect(store.total).toBe(1026);
	store.commit({changes: [{kind: 'clear', log}], cursors: []});
	expect(store.requests(always, {}, 10).map(({request}) => request.id)).toEqual(['now']);
});
