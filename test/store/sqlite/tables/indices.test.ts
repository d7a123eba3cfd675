import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import type {Store} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';
import {batchSize, requestsOfBatch, writtenLog} from '../written.js';

const prices = priceList();
const open = (path: string, wait?: number) =>
	openSqliteStore({path, sources: ['test'], prices, pricesFrom: 'test', wait});

const commit = (store: Store, batch: number) =>
	store.commit({
		changes: requestsOfBatch(batch).map(request => ({kind: 'put', log: writtenLog, request})),
		cursors: [],
	});

/** The indices that a file has, as another process sees it. */
const indicesIn = (path: string): readonly unknown[] => {
	const database = new Connection(path);
	const names = database.rows(
		"SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'request' ORDER BY 1",
	);
	database.close();
	return names.flat();
};

const forQuestions = ['request_broken', 'request_thread', 'request_time', 'request_told'];
const allIndices = ['request_broken', 'request_key', ...forQuestions.slice(1)];

describe('the indices of a store that is filled for the first time', () => {
	test('come when something is asked; that of ids when the next process writes', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 0);
			commit(store, 1);
			expect(indicesIn(path)).toEqual([]);
			expect(store.total).toBe(2 * batchSize);
			expect(indicesIn(path)).toEqual(forQuestions);
			store.close();
			expect(indicesIn(path)).toEqual(forQuestions);
			expect(checkStore(path)).toEqual([]);
			const next = open(path);
			expect(next.total).toBe(2 * batchSize);
			expect(indicesIn(path)).toEqual(forQuestions);
			commit(next, 1);
			commit(next, 2);
			expect(next.total).toBe(3 * batchSize);
			expect(indicesIn(path)).toEqual(allIndices);
			next.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('that of ids comes where a request counts for now in the next process', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const [request] = requestsOfBatch(1);
			const store = open(path);
			commit(store, 0);
			store.putProvisional(writtenLog, request ? [request] : []);
			expect(store.total).toBe(batchSize + 1);
			expect(indicesIn(path)).toEqual(forQuestions);
			store.close();
			const next = open(path);
			next.putProvisional(writtenLog, []);
			expect(next.total).toBe(batchSize);
			expect(indicesIn(path)).toEqual(forQuestions);
			next.putProvisional(writtenLog, request ? [request] : []);
			expect(next.total).toBe(batchSize + 1);
			expect(indicesIn(path)).toEqual(allIndices);
			next.close();
		}));

	test('are not waited for by who closes it', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 0);
			store.close();
			expect(indicesIn(path)).toEqual([]);
		}));

	test('are not waited for by who asks while another process writes', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path, 60_000);
			commit(store, 0);
			const writer = new Connection(path);
			// Were it waited for, this would take a minute.
			writer.writing(() => expect(store.total).toBe(batchSize));
			expect(indicesIn(path)).toEqual([]);
			expect(store.total).toBe(batchSize);
			expect(indicesIn(path)).toEqual(forQuestions);
			writer.close();
			store.close();
		}));

	test('are made by the next process where the first never came to its end', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const killed = open(path);
			commit(killed, 0);
			const next = open(path);
			expect(indicesIn(path)).toEqual(forQuestions);
			// What it knew of the file holds no more; both go on.
			commit(next, 1);
			commit(killed, 1);
			commit(killed, 2);
			expect(next.total).toBe(3 * batchSize);
			next.close();
			expect(checkStore(path)).toEqual([]);
			killed.close();
		}));

	test('are not missed: the same request again is one, and a late one is counted in its place', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			for (const batch of [1, 1, 2, 0, 1, 2]) {
				commit(store, batch);
			}
			const inOrder = open(join(folder, 'in-order.db'));
			for (const batch of [0, 1, 2]) {
				commit(inOrder, batch);
			}
			const all = {from: 0, to: Number.MAX_SAFE_INTEGER, name: 'all'};
			expect(store.requests(all, {}, 1000)).toEqual(inOrder.requests(all, {}, 1000));
			expect(store.parts(all, {})).toEqual(inOrder.parts(all, {}));
			store.close();
			inOrder.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('a change that was taken back leaves none behind in memory that the file has not', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 1);
			const notKept = () => {
				throw new Error('not kept');
			};
			const failing = [
				...requestsOfBatch(0).map(request => ({kind: 'put' as const, log: writtenLog, request})),
				...requestsOfBatch(2).map(request => ({kind: 'put' as const, log: writtenLog, request})),
			];
			expect(() => store.commit({changes: failing, cursors: [{log: writtenLog, cursor: {toJSON: notKept}}]})).toThrow(
				'not kept',
			);
			commit(store, 0);
			commit(store, 2);
			expect(store.total).toBe(3 * batchSize);
			store.close();
			expect(checkStore(path)).toEqual([]);
		}));
});
