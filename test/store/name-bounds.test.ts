import {join} from 'node:path';
import {expect, test} from 'vitest';
import {priceList} from '../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {checkStore} from '../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import type {Store} from '../../source/store/store.js';
import {withFolder} from '../support/program.js';
import {measured} from '../support/requests.js';

const log = {id: '/worker.log', name: 'worker.log'};
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

const putModels = (store: Store, first: number, count: number) =>
	store.commit({
		changes: Array.from({length: count}, (_, index) => ({
			kind: 'put',
			log,
			request: measured({cacheRead: 10}, {model: `model-${first + index}`, id: `request-${first + index}`}),
		})),
		cursors: [],
	});

const expectBounded = (store: Store, others: number) => {
	const parts = store.parts(all, {});
	expect(parts).toHaveLength(1001);
	const rest = parts.find(({lane}) => lane.model === '(other models)');
	expect(rest?.measures.requests).toBe(others);
	expect(store.exceeded).toEqual([
		{
			name: 'models',
			message: 'more than 1000 different models: the others are counted together, as "(other models)"',
		},
	]);
};

test('models beyond a limit are counted together, and that is reported: in memory', () => {
	const store = new MemoryStore(priceList());
	putModels(store, 0, 1000);
	expect(store.exceeded).toEqual([]);
	putModels(store, 990, 25);
	expectBounded(store, 15);
});

test('the same on disk, also by the next process', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const open = () => openSqliteStore({path, sources: [], prices: priceList(), pricesFrom: 'test'});
		const store = open();
		putModels(store, 0, 1005);
		store.close();
		const next = open();
		expect(next.exceeded).toEqual([]);
		putModels(next, 995, 20);
		expectBounded(next, 15);
		next.close();
		expect(checkStore(path)).toEqual([]);
	}));
