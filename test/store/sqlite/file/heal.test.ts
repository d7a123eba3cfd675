import {existsSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {openSqliteStore, type StoreOptions} from '../../../../source/store/sqlite/file/open.js';
import {removeStore} from '../../../../source/store/sqlite/file/remove.js';
import {forgetAll, forgetLog} from '../../../../source/store/sqlite/file/upkeep.js';
import {applicationId} from '../../../../source/store/sqlite/tables/schema.js';
import {type Store, StoreError} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';
import {batchSize, requestsOfBatch, writtenLog} from '../written.js';

const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};
const open = (path: string, more: Partial<StoreOptions> = {}) =>
	openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test', ...more});

const commit = (store: Store, number: number, log = writtenLog) =>
	store.commit({
		changes: requestsOfBatch(number).map(request => ({kind: 'put', log, request})),
		cursors: [{log, cursor: {batch: number}}],
	});

const idsOf = (store: Store) => store.requests(all, {}, 100_000).map(({request}) => request.id);

describe('a store that is taken away while it is open', () => {
	const ways: readonly (readonly [string, (path: string) => void])[] = [
		['deleted', removeStore],
		['deleted without what is beside it', path => rmSync(path)],
		['moved', path => renameSync(path, `${path}.moved`)],
		['deleted with its folder', path => rmSync(join(path, '..'), {recursive: true})],
	];

	test.each(ways)('%s: it is rewritten with all its content, and reported once', (_how, take) =>
		withFolder(async folder => {
			const path = join(folder, 'stores', 'test.db');
			const store = open(path);
			commit(store, 0);
			const before = store.version;
			expect(store.heal()).toBeUndefined();
			take(path);
			expect(store.heal()).toMatch(/was deleted or moved while it was in use, and was written anew$/);
			expect(store.heal()).toBeUndefined();
			expect(store.version).toBeGreaterThan(before);
			expect(statSync(path).mode & 0o777).toBe(0o600);
			commit(store, 1);
			const ids = idsOf(store);
			expect(ids).toHaveLength(2 * batchSize);
			store.close();
			const again = open(path);
			expect(idsOf(again)).toEqual(ids);
			expect(again.cursor(writtenLog.id)).toEqual({batch: 1});
			again.close();
			expect(checkStore(path)).toEqual([]);
		}),
	);

	test('replaced by one that another process made: what was kept is added to that', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 0);
			commit(store, 1);
			removeStore(path);
			const other = open(path);
			commit(other, 1);
			commit(other, 2, {id: '/logs/other.log', name: 'other.log'});
			expect(store.heal()).toMatch(/was replaced while it was in use; what was kept before was added to the new one$/);
			expect(store.total).toBe(3 * batchSize);
			expect(other.total).toBe(3 * batchSize);
			expect(store.cursor('/logs/other.log')).toEqual({batch: 2});
			expect(store.cursor(writtenLog.id)).toEqual({batch: 1});
			expect(other.heal()).toBeUndefined();
			store.close();
			other.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('replaced by what is no store: that is reported, and left alone', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 0);
			removeStore(path);
			writeFileSync(path, 'a text that somebody put here\n'.repeat(100));
			expect(() => store.heal()).toThrow(StoreError);
			expect(statSync(path).size).toBe(3000);
			expect(store.total).toBe(batchSize);
			store.close();
		}));

	test('deleted, and its folder is a file by now: that is reported', () =>
		withFolder(async folder => {
			const path = join(folder, 'stores', 'test.db');
			const store = open(path);
			commit(store, 0);
			rmSync(join(folder, 'stores'), {recursive: true});
			writeFileSync(join(folder, 'stores'), '');
			expect(() => store.heal()).toThrow(StoreError);
			expect(store.total).toBe(batchSize);
			store.close();
			expect(() => open(path, {discardsEmpty: true})).toThrow(StoreError);
		}));

	test('what was forgotten on purpose does not come back from a process that has it open', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			commit(store, 0);
			forgetAll(path);
			expect(existsSync(path)).toBe(false);
			expect(store.heal()).toBeDefined();
			expect(store.total).toBe(0);
			commit(store, 1);
			expect(store.total).toBe(batchSize);
			store.close();
		}));
});

describe('a file that cannot be opened', () => {
	test('of a layout before the first release is set aside and rebuilt', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const old = new Connection(path);
			old.exec(`CREATE TABLE request (row); PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`);
			old.close();
			const told: string[] = [];
			const store = open(path, {onSetAside: line => told.push(line)});
			commit(store, 0);
			expect(told).toEqual([
				`the store had an old layout: it is rebuilt from the logs; the old one is kept at ${path}.set-aside`,
			]);
			store.close();
			expect(existsSync(`${path}.set-aside`)).toBe(true);
			open(path, {onSetAside: line => told.push(line)}).close();
			expect(told).toHaveLength(1);
		}));

	test.each([
		[
			'a link that leads nowhere',
			(path: string) => symlinkSync('/nowhere/at/all.db', path),
			/a link that leads nowhere/,
		],
		['a folder', (path: string) => withFolder(async folder => renameSync(folder, path)), /is a folder: move it away/],
		[
			'a database of another program',
			(path: string) => {
				const other = new Connection(path);
				other.exec('CREATE TABLE bookmark (url TEXT)');
				other.close();
			},
			/is a database of another program: move it away$/,
		],
	])('%s is told in one line', (_what, make, message) =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			await make(path);
			expect(() => open(path)).toThrow(message);
		}),
	);
});

describe('retention', () => {
	test('holds for what is put too, and while it is open', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const [first] = requestsOfBatch(0);
			const [second] = requestsOfBatch(1);
			if (!first || !second) {
				throw new Error('no requests');
			}
			const hour = 3_600_000;
			const store = open(path, {retention: hour});
			store.commit({
				changes: [
					{kind: 'put', log: writtenLog, request: {...first, time: Date.now() - 2 * hour}},
					{kind: 'put', log: writtenLog, request: {...second, time: Date.now()}},
				],
				cursors: [],
			});
			expect(idsOf(store)).toEqual([second.id]);
			store.close();
		}));

	test('forgets all that is too old or nothing: where that fails, it counts as before', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const hour = 3_600_000;
			const now = Date.now();
			const store = open(path, {retention: hour});
			store.commit({
				changes: requestsOfBatch(0).map(request => ({kind: 'put', log: writtenLog, request: {...request, time: now}})),
				cursors: [],
			});
			const other = new Connection(path);
			other.exec(`CREATE TRIGGER failing BEFORE DELETE ON lane BEGIN SELECT RAISE(ABORT, 'no more'); END`);
			expect(store.total).toBe(batchSize);
			vi.useFakeTimers({toFake: ['Date'], now: now + 2 * hour});
			try {
				expect(() => store.heal()).toThrow(StoreError);
				expect(store.total).toBe(batchSize);
				expect(idsOf(store)).toHaveLength(batchSize);
			} finally {
				vi.useRealTimers();
			}
			other.exec('DROP TRIGGER failing');
			other.close();
			store.close();
			expect(checkStore(path)).toEqual([]);
		}));
});

test('a forgotten log leaves what another log holds a copy of: that is read again', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const store = open(path);
		const copy = {id: '/logs/copy.log', name: 'copy.log'};
		commit(store, 0);
		commit(store, 0, copy);
		store.close();
		forgetLog(path, copy.id);
		const again = open(path);
		expect(again.cursor(writtenLog.id)).toBeUndefined();
		commit(again, 0);
		expect(again.total).toBe(batchSize);
		again.close();
	}));
