import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {checkStore} from '../../../../source/store/sqlite/file/check.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {migrate} from '../../../../source/store/sqlite/file/migrate.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import {setNote} from '../../../../source/store/sqlite/tables/meta.js';
import {migrations, unreleasedLayouts} from '../../../../source/store/sqlite/tables/schema.js';
import {StoreError} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';
import {batchSize, requestsOfBatch, writtenLog} from '../written.js';

const open = (path: string) => openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});

const withDatabase = (body: (database: Connection, path: string) => void) =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const database = new Connection(path);
		try {
			body(database, path);
		} finally {
			database.close();
		}
	});

describe('versions of the tables', () => {
	const older = [
		(database: Connection) => database.exec("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('kept')"),
	];
	const newer = [...older, (database: Connection) => database.exec('ALTER TABLE note ADD COLUMN author TEXT')];

	test('an older file takes the steps that it lacks, and keeps what it holds', () =>
		withDatabase(database => {
			migrate(database, older);
			migrate(database, newer);
			migrate(database, newer);
			expect(database.rows('SELECT text, author FROM note')).toEqual([['kept', null]]);
			expect(database.row('PRAGMA user_version')).toEqual([unreleasedLayouts + 2]);
		}));

	test('a step that fails leaves the file as it was', () =>
		withDatabase(database => {
			migrate(database, older);
			const failing = [...newer, (database: Connection) => database.exec('INSERT INTO nowhere VALUES (1)')];
			expect(() => migrate(database, failing)).toThrow(StoreError);
			expect(database.row('PRAGMA user_version')).toEqual([unreleasedLayouts + 1]);
			expect(database.row('SELECT * FROM note')).toEqual(['kept']);
			migrate(database, newer);
			expect(database.row('SELECT * FROM note')).toEqual(['kept', null]);
		}));

	test('a file of a newer program is left alone', () =>
		withDatabase((database, path) => {
			migrate(database, [...migrations, () => {}]);
			expect(() => open(path)).toThrow(/was written by a newer hitrate .* update hitrate, or delete the file/);
			expect(database.row('PRAGMA user_version')).toEqual([unreleasedLayouts + migrations.length + 1]);
		}));

	test('a file that was computed in another way is recomputed', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const store = open(path);
			store.commit({
				changes: requestsOfBatch(0).map(request => ({kind: 'put', log: writtenLog, request})),
				cursors: [],
			});
			const all = {from: 0, to: Number.POSITIVE_INFINITY, name: 'all'};
			const [parts, breaks] = [store.parts(all, {}), store.breaks(all, {}, 100)];
			expect(breaks.length).toBeGreaterThan(0);
			store.close();
			const database = new Connection(path);
			setNote(database, 'counted', 'in another way');
			// As a program would that knows fewer measures, and tells breaks by other rules.
			database.exec(`
				DROP TABLE lane_sum;
				CREATE TABLE lane_sum (width, bucket, lane, first, last, requests, PRIMARY KEY (width, bucket, lane));
				UPDATE request SET loss = NULL, gap = NULL, cold = NULL;
			`);
			database.close();
			expect(checkStore(path)).toEqual([expect.stringMatching(/by another version/)]);
			const again = open(path);
			expect(again.parts(all, {})).toEqual(parts);
			expect(again.breaks(all, {}, 100)).toEqual(breaks);
			expect(again.total).toBe(batchSize);
			again.close();
			expect(checkStore(path)).toEqual([]);
		}));
});
