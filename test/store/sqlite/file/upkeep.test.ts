import {existsSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import type {Request} from '../../../../source/request.js';
import {MemoryStore} from '../../../../source/store/memory/memory-store.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {removeStore} from '../../../../source/store/sqlite/file/remove.js';
import {forgetBefore, forgetLog, listStores, rebuild, vacuum} from '../../../../source/store/sqlite/file/upkeep.js';
import type {Change, Store} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';
import {requestsOfBatch} from '../written.js';

const prices = priceList();
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const logs = [
	{id: '/logs/a.log', name: 'a.log'},
	{id: '/logs/b.log', name: 'b.log'},
] as const;
const sources = ['/logs/*.log'];

/** The two logs share their threads, request by request in turn. */
const requests: readonly Request[] = Array.from({length: 8}, (_, batch) => requestsOfBatch(batch)).flat();
const logOf = (index: number) => logs[index % 2 === 0 ? 0 : 1];
const changes: readonly Change[] = requests.map((request, index) => ({
	kind: 'put',
	log: logOf(index),
	request: {...request, source: logOf(index).name},
}));
const cursors = logs.map(log => ({log, cursor: {at: log.id}}));

const withStore = (body: (path: string, open: () => Store, folder: string) => void): Promise<void> =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const open = () => openSqliteStore({path, sources, prices, pricesFrom: 'test'});
		const store = open();
		store.commit({changes, cursors});
		store.close();
		body(path, open, folder);
	});

const memoryWith = (kept: readonly Change[]): MemoryStore => {
	const memory = new MemoryStore(prices);
	memory.commit({changes: kept, cursors: []});
	return memory;
};

describe('looking after stores', () => {
	test('says what is in each, and why one cannot be read', () =>
		withStore((path, _open, folder) => {
			writeFileSync(join(folder, 'broken.db'), 'no database, but a text of some length\n'.repeat(100));
			writeFileSync(join(folder, 'other.txt'), '');
			const [broken, store, ...others] = listStores(folder);
			expect(others).toEqual([]);
			expect(broken).toMatchObject({requests: 0, logs: [], problem: expect.stringMatching(/delete it/)});
			expect(store).toMatchObject({path, sources, requests: requests.length, problem: undefined});
			expect(store?.bytes).toBeGreaterThanOrEqual(statSync(path).size);
			const half = requests.length / 2;
			const time = (index: number) => requests.at(index)?.time;
			expect(store?.span).toEqual({first: time(0), last: time(-1)});
			expect(store?.logs).toEqual([
				{...logs[0], requests: half, span: {first: time(0), last: time(-2)}},
				{...logs[1], requests: half, span: {first: time(1), last: time(-1)}},
			]);
			expect(listStores(join(folder, 'missing'))).toEqual([]);
		}));

	test('forgets a log: its requests and how far it was read; threads go on without', () =>
		withStore((path, open) => {
			expect(forgetLog(path, logs[0].id)).toBe(true);
			expect(forgetLog(path, logs[0].id)).toBe(false);
			const store = open();
			const memory = memoryWith(changes.filter(({log}) => log === logs[1]));
			expect(store.requests(all, {}, 1000)).toEqual(memory.requests(all, {}, 1000));
			expect(store.parts(all, {})).toEqual(memory.parts(all, {}));
			// The other may hold copies of what was in it.
			expect(logs.map(({id}) => store.cursor(id))).toEqual([undefined, undefined]);
			store.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('forgets what is older than a time; an open store sees it', () =>
		withStore((path, open) => {
			const store = open();
			const {time} = requests[130] as Request;
			forgetBefore(path, time);
			const memory = memoryWith(changes.slice(130));
			expect(store.requests(all, {}, 1000)).toEqual(memory.requests(all, {}, 1000));
			expect(store.span).toEqual(memory.span);
			expect(store.cursor(logs[0].id)).toEqual({at: logs[0].id});
			store.commit({changes, cursors});
			expect(store.total).toBe(requests.length);
			store.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('gives the disk back what was forgotten', () =>
		withStore((path, open) => {
			const before = statSync(path).size;
			forgetBefore(path, Number.MAX_SAFE_INTEGER);
			const given = vacuum(path);
			expect(given).toEqual({before: expect.any(Number), after: statSync(path).size});
			expect(given.before).toBeGreaterThanOrEqual(before);
			expect(statSync(path).size).toBeLessThan(before);
			const again = vacuum(path);
			expect(again.after).toBe(again.before);
			expect(open().total).toBe(0);
		}));

	test.each([
		['a sum', 'UPDATE lane_sum SET hits = hits + 1 WHERE width = 3600000', /lane_sum, 60 minutes/],
		['a time', 'UPDATE thread_sum SET last = last + 1 WHERE width = 86400000', /thread_sum, 1440 minutes/],
		[
			'a bucket',
			'DELETE FROM lane_sum WHERE width = 300000 AND bucket = (SELECT min(bucket) FROM lane_sum WHERE width = 300000)',
			/lane_sum, 5 minutes.* nothing instead of/,
		],
		['a fact', 'UPDATE request SET gap = 1 WHERE row = 20', /request 20 .*facts/],
		['a kind of start', 'UPDATE request SET cold = 4 WHERE cold = 3', /request 1 .*facts/],
		['a number of requests', 'UPDATE lane SET requests = 3 WHERE id = 1', /lane 1 says that it has 3/],
	] as const)('finds %s that does not follow from the requests, and makes it right', (_name, sql, words) =>
		withStore((path, open) => {
			expect(checkStore(path)).toEqual([]);
			const database = new Connection(path);
			database.exec(sql);
			database.close();
			expect(checkStore(path).join('\n')).toMatch(words);
			rebuild(path);
			expect(checkStore(path)).toEqual([]);
			const store = open();
			expect(store.requests(all, {}, 1000)).toEqual(memoryWith(changes).requests(all, {}, 1000));
			store.close();
		}),
	);

	test("deletes a store with SQLite's other files", () =>
		withStore((path, open, folder) => {
			open();
			expect(existsSync(`${path}-wal`)).toBe(true);
			removeStore(path);
			expect(readdirSync(folder)).toEqual([]);
			expect(() => vacuum(path)).toThrow(/is not there/);
			expect(() => checkStore(path)).toThrow(/is not there/);
			expect(readdirSync(folder)).toEqual([]);
		}));
});
