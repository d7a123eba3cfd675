import {join} from 'node:path';
import {expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {withFolder} from '../../../support/program.js';
import {requestsOfBatch, writtenLog} from '../written.js';

const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

test('a thread is summed up at once though a wrong clock put its last request a hundred million days behind the others', () =>
	withFolder(async folder => {
		const store = openSqliteStore({
			path: join(folder, 'test.db'),
			sources: ['test'],
			prices: priceList(),
			pricesFrom: 'test',
		});
		const requests = requestsOfBatch(0).map(request => ({...request, thread: 'one'}));
		const [first] = requests;
		const far = {...first, id: 'far', time: 8.6e15} as (typeof requests)[number];
		store.commit({
			changes: [...requests, far].map(request => ({kind: 'put', log: writtenLog, request})),
			cursors: [],
		});
		const {parts} = store.threads(all, {}, 1);
		expect(parts.reduce((sum, {measures}) => sum + measures.requests, 0)).toBe(requests.length + 1);
		expect(Math.max(...parts.map(({lastTime}) => lastTime))).toBe(far.time);
		store.close();
	}));
