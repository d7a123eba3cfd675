import {expect, test} from 'vitest';
import type {Question} from '../../../source/metrics/ledger.js';
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

test('the sums of a window are the same whether or not its slices are asked for as well', () => {
	const requests = Array.from({length: 200}, (_, index) =>
		measured(
			{cacheRead: (index * 37) % 1000, cacheWrite5m: index % 300, output: index},
			{id: `${index}`, time: index * 700, thread: `${index % 7}`, model: `model-${(index * index) % 5}`},
		),
	);
	const partsOf = (...together: readonly Question[]) => {
		const store = new MemoryStore(priceList());
		store.commit({changes: requests.map(request => ({kind: 'put', log, request})), cursors: []});
		store.expect(together);
		return store.parts(always, filter);
	};
	const filter = {};
	const parts: Question = {kind: 'parts', window: always, filter, by: []};
	const slices: Question = {kind: 'slices', window: always, filter, by: [], width: 10_000};
	expect(partsOf(parts, slices)).toEqual(partsOf(parts));
	expect(partsOf(parts).map(({lane, measures}) => [lane.model, measures.requests])).toEqual([
		['model-0', 40],
		['model-1', 80],
		['model-4', 80],
	]);
});
