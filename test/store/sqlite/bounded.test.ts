import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {MemoryStore} from '../../../source/store/memory/memory-store.js';
import {checkStore} from '../../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {withFolder} from '../../support/program.js';
import {block, measured, planned} from '../../support/requests.js';

const prices = priceList();
const log = {id: '/logs/a.log', name: 'a.log'};
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

describe('tokens that nobody can have used', () => {
	test('count as requests, and leave everything else to be added up', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const open = () => openSqliteStore({path, sources: ['test'], prices, pricesFrom: 'test'});
			const hostile = [2 ** 62, Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN, -(2 ** 62), 1e18];
			const requests = Array.from({length: 60}, (_, index) => {
				const tokens = hostile[index % hostile.length] as number;
				const parts = {id: `request-${index}`, time: index * 60_000 * 7, thread: `thread-${index % 2}`};
				return index % 5 === 0
					? planned([block(1, tokens)], parts)
					: measured(
							{uncached: tokens, cacheRead: index % 3 === 0 ? tokens : 0, cacheWrite5m: tokens, output: tokens},
							parts,
						);
			});
			const honest = measured({cacheRead: 5000, output: 7}, {id: 'honest', time: 1, thread: 'honest'});
			const store = open();
			store.commit({
				changes: [...requests, honest].map(request => ({kind: 'put', log, request})),
				cursors: [],
			});
			const total = store.parts(all, {}).reduce((sum, {measures}) => sum + measures.requests, 0);
			expect(total).toBe(61);
			const {count, parts, lifetimes} = store.threads(all, {}, 10);
			expect(count).toBe(3);
			expect(parts.find(({thread}) => thread === 'honest')?.measures).toMatchObject({cacheRead: 5000, output: 7});
			expect(parts.every(({measures}) => measures.sums.every(Number.isSafeInteger))).toBe(true);
			expect(store.threads(all, {}, Number.POSITIVE_INFINITY).lifetimes).toEqual(lifetimes);
			expect(store.requests(all, {}, 100)).toHaveLength(61);
			store.close();
			expect(checkStore(path)).toEqual([]);
			expect(open().total).toBe(61);
		}));
});

test('times are whole milliseconds in both stores, also of what counts for now', () =>
	withFolder(async folder => {
		const onDisk = openSqliteStore({path: join(folder, 'test.db'), sources: ['test'], prices, pricesFrom: 'test'});
		const kept = measured({cacheRead: 5000}, {id: 'kept', time: 299_999.75, start: 299_000.5, thread: 'thread'});
		const now = measured({cacheRead: 5000}, {id: 'now', time: 300_000.5, thread: 'thread'});
		for (const store of [onDisk, new MemoryStore(prices)]) {
			store.commit({changes: [{kind: 'put', log, request: kept}], cursors: []});
			store.putProvisional(log, [now]);
			expect(store.requests(all, {}, 10).map(({request: {time, start}}) => [time, start])).toEqual([
				[299_999, 299_000],
				[300_000, undefined],
			]);
			expect(store.span).toEqual({first: 299_999, last: 300_000});
			expect(store.parts({from: 299_999, to: 300_000, name: 'custom'}, {})[0]?.measures.requests).toBe(1);
		}
		onDisk.close();
	}));
