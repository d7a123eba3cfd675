import {mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {checkStore} from '../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../source/store/sqlite/file/connection.js';
import {storeErrorOf} from '../../../source/store/sqlite/file/failure.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {SqliteStore} from '../../../source/store/sqlite/sqlite-store.js';
import {tablesOf} from '../../../source/store/sqlite/tables/tables.js';
import {type Store, StoreError} from '../../../source/store/store.js';
import {withFolder} from '../../support/program.js';
import {batchSize, requestsOfBatch, writtenLog} from './written.js';

const prices = priceList();
const open = (path: string, wait?: number) =>
	openSqliteStore({path, sources: ['test'], prices, pricesFrom: 'test', wait});
const all = {from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'};

const commit = (store: Store, batch: number) =>
	store.commit({
		changes: requestsOfBatch(batch).map(request => ({kind: 'put', log: writtenLog, request})),
		cursors: [{log: writtenLog, cursor: {batch}}],
	});

const messageOf = (work: () => unknown): string => {
	try {
		work();
	} catch (error) {
		expect(error).toBeInstanceOf(StoreError);
		const {message} = error as Error;
		expect(message).not.toContain('\n');
		return message;
	}
	return 'nothing was thrown';
};

describe('what goes wrong with a store', () => {
	test('a file that is no database is named, and said to be deleted', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			writeFileSync(path, 'no database, but a text of some length\n'.repeat(100));
			expect(messageOf(() => open(path))).toMatch(/test\.db is not a hitrate store, or is damaged: delete it/);
		}));

	test('a database of another program is left alone', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const database = new Connection(path);
			database.exec('CREATE TABLE song (title TEXT)');
			database.close();
			expect(messageOf(() => open(path))).toMatch(/is a database of another program: move it away$/);
		}));

	test('pages that were overwritten are found when they are read', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			for (let batch = 0; batch < 30; batch++) {
				commit(store, batch);
			}
			expect(store.total).toBe(30 * batchSize);
			store.close();
			const bytes = readFileSync(path);
			writeFileSync(path, bytes.fill(0x5a, 4096 * 30));
			const damaged = open(path);
			expect(messageOf(() => damaged.requests(all, {}, 10_000))).toMatch(
				/is damaged: delete it .* hitrate store check/,
			);
			damaged.close();
			expect(checkStore(path)).not.toEqual([]);
		}));

	test('a full disk keeps what was committed before, and nothing of the rest', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			open(path).close();
			const tables = tablesOf(new Connection(path));
			const store = new SqliteStore({open: () => tables, prices, pricesFrom: 'test'});
			commit(store, 0);
			const parts = store.parts(all, {});
			const [pages = 0] = tables.database.row('PRAGMA page_count') ?? [];
			tables.database.exec(`PRAGMA max_page_count = ${pages}`);
			let batch = 1;
			const message = messageOf(() => {
				for (; batch < 100; batch++) {
					commit(store, batch);
				}
			});
			expect(message).toMatch(/^no room left on the disk for .*test\.db$/);
			expect(store.total).toBe(batch * batchSize);
			expect(store.cursor(writtenLog.id)).toEqual({batch: batch - 1});
			expect(store.parts(all, {})[0]?.measures.requests).toBe(batch * batchSize);
			expect(parts[0]?.measures.requests).toBe(batchSize);
			// Room was made: what failed is done again, and counted once.
			tables.database.exec('PRAGMA max_page_count = 100000');
			commit(store, batch);
			expect(store.total).toBe((batch + 1) * batchSize);
			store.close();
			expect(checkStore(path)).toEqual([]);
		}));

	test('a lock held by another process is waited for, then reported', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path, 50);
			const other = new Connection(path);
			other.exec('BEGIN IMMEDIATE');
			expect(messageOf(() => commit(store, 0))).toMatch(/is being written by another process for too long$/);
			expect(store.total).toBe(0);
			other.exec('COMMIT');
			commit(store, 0);
			expect(store.total).toBe(batchSize);
			store.close();
			other.close();
		}));

	test('a folder that cannot be made, a file that cannot be opened', () =>
		withFolder(async folder => {
			writeFileSync(join(folder, 'file'), '');
			expect(messageOf(() => open(join(folder, 'file', 'test.db')))).toMatch(
				/cannot be made: a part of its path is a file$/,
			);
			mkdirSync(join(folder, 'folder.db'));
			expect(() => open(join(folder, 'folder.db'))).toThrow(/folder\.db/);
		}));

	test.each([
		['SQLITE_READONLY_DBMOVED', 'cannot be written: permission denied'],
		['EACCES', 'cannot be written: permission denied'],
		['EROFS', 'cannot be written: permission denied'],
		['ENOSPC', 'no room left'],
		['SQLITE_IOERR_WRITE', 'the disk failed'],
		['SQLITE_BUSY_SNAPSHOT', 'another process'],
		['SQLITE_TOOBIG', 'string or blob too big'],
	])('%s is said in words', (code, words) => {
		const error = storeErrorOf(Object.assign(new Error('string or blob too big'), {code}), '/data/test.db');
		expect(error).toBeInstanceOf(StoreError);
		expect((error as Error).message).toContain(words);
		expect((error as Error).message).toContain('/data/test.db');
	});

	test('other errors are bugs and stay what they are', () => {
		const bug = new TypeError('x is not a function');
		expect(storeErrorOf(bug, 'path')).toBe(bug);
	});

	test('only its owner may read what is kept', () =>
		withFolder(async folder => {
			const path = join(folder, 'made', 'test.db');
			const store = open(path);
			commit(store, 0);
			const modes = ['..', '', '-wal', '-shm'].map(
				ending => statSync(ending === '..' ? join(path, '..') : path + ending).mode & 0o777,
			);
			expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
			store.close();
		}));
});
