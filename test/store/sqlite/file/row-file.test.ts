import {mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, expect, test, vi} from 'vitest';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {Insertion} from '../../../../source/store/sqlite/file/insertion.js';
import {RowFile} from '../../../../source/store/sqlite/file/row-file.js';
import type {Row, Value} from '../../../../source/store/sqlite/file/value.js';
import {StoreError} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';

afterEach(() => {
	vi.unstubAllEnvs();
});

const insertion = new Insertion('tried', ['number', 'a', 'b', 'c']);

/** A connection with an empty table, whose temporary files are in an own folder. */
const opened = (folder: string): Connection => {
	const temporary = join(folder, 'temporary');
	mkdirSync(temporary, {recursive: true});
	vi.stubEnv('TMPDIR', temporary);
	const database = new Connection(join(folder, 'test.db'), 50);
	database.exec('CREATE TABLE IF NOT EXISTS tried (number INTEGER PRIMARY KEY, a INTEGER, b TEXT, c TEXT)');
	return database;
};

const insert = (database: Connection, rows: readonly Row[]): void =>
	database.insert(insertion, rows, (row, to) => {
		for (const value of row) {
			to.push(value);
		}
	});

const keptIn = (database: Connection): readonly Row[] => database.rows('SELECT * FROM tried ORDER BY number');

/** True if rows of the current transaction are in a row file. */
const isThroughFile = (database: Connection, name = 'rows0'): boolean =>
	(database.row(`SELECT count(*) FROM ${name}.tried`)?.[0] as number) > 0;

/** Both sides of the limits between the sizes of integers. */
const limits = [0, 7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 53].flatMap(bits => [2 ** bits - 1, 1 - 2 ** bits]);
const number = fc.oneof(
	fc.constant(null),
	fc.constantFrom(...limits, 2, -1, -128, -129, 128, -(2 ** 47)),
	fc.maxSafeInteger(),
);
const text = fc.oneof(
	fc.constant(null),
	fc.constantFrom('', 'x', 'é', '漢字 🙂', 'x'.repeat(57), 'x'.repeat(58), 'é'.repeat(60), 'x'.repeat(10_000)),
	fc.string(),
);

test.skipIf(process.platform === 'win32')(
	'any number of rows, with values of any kind, are in the table as they were given, transaction after transaction',
	() =>
		withFolder(async folder => {
			const database = opened(folder);
			let next = 1;
			fc.assert(
				fc.property(
					fc.integer({min: 200, max: 2500}),
					fc.array(fc.tuple(number, text, text), {minLength: 1, maxLength: 40}),
					fc.integer({min: 1, max: 2 ** 40}),
					fc.boolean(),
					(count, some, skipped, isDropped) => {
						const before = keptIn(database).length;
						next += skipped;
						const rows = Array.from({length: count}, (_, at): Row => [next++, ...(some[at % some.length] as Row)]);
						database.expectMany(insertion);
						database.begin();
						insert(database, rows);
						expect(isThroughFile(database)).toBe(true);
						expect(database.rows('PRAGMA integrity_check')).toEqual([['ok']]);
						isDropped ? database.rollback() : database.commit();
						expect(database.row('PRAGMA rows0.page_count')).toEqual([2]);
						const kept = keptIn(database);
						expect(kept.slice(before)).toEqual(isDropped ? [] : rows);
					},
				),
				{numRuns: 25},
			);
			database.close();
		}),
);

test('rows with a value that a row file cannot hold are inserted as well', () =>
	withFolder(async folder => {
		const database = opened(folder);
		let next = 1;
		for (const value of [1.5, 2 ** 60, 'x'.repeat(100_000)] satisfies Value[]) {
			const rows = Array.from(
				{length: 300},
				(): Row => [next++, typeof value === 'string' ? 1 : value, String(value), null],
			);
			database.expectMany(insertion);
			database.writing(() => insert(database, rows));
			expect(keptIn(database).slice(-300)).toEqual(rows);
		}
		database.close();
	}));

test.skipIf(process.platform === 'win32')('several batches of a transaction each have a file, until all are used', () =>
	withFolder(async folder => {
		const database = opened(folder);
		const rows = (from: number): Row[] => Array.from({length: 200}, (_, at): Row => [from + at, at, null, 'x']);
		for (const batches of [1, 2, 3, 4, 5]) {
			database.exec('DELETE FROM tried');
			database.expectMany(insertion);
			database.begin();
			const filled = Array.from({length: batches}, (_, batch) => {
				insert(database, rows(1 + 200 * batch));
				return database.shouldCommit;
			});
			const last = Math.min(batches, 4) - 1;
			expect(filled.indexOf(true)).toBe(last);
			expect(isThroughFile(database, `rows${last}`)).toBe(true);
			database.commit();
			expect(keptIn(database)).toEqual(Array.from({length: batches}, (_, batch) => rows(1 + 200 * batch)).flat());
		}
		database.close();
	}),
);

test('others cannot write in a transaction that has begun, which they can prevent in turn', () =>
	withFolder(async folder => {
		const [one, other] = [opened(folder), opened(folder)];
		one.expectMany(insertion);
		one.begin();
		expect(() => other.begin()).toThrow(StoreError);
		expect(other.writingUnlessBusy(() => {})).toBe(false);
		one.commit();
		other.begin();
		expect(() => one.begin()).toThrow(StoreError);
		expect(one.reading(() => keptIn(one))).toEqual([]);
		expect(one.writingUnlessBusy(() => {})).toBe(false);
		expect(one.isInTransaction).toBe(false);
		other.commit();
		one.writing(() => insert(one, [[1, 2, 'x', null]]));
		expect(keptIn(one)).toEqual([[1, 2, 'x', null]]);
		one.close();
		other.close();
	}));

test('nothing is left in the folder for temporary files, and without one all is inserted as well', () =>
	withFolder(async folder => {
		const database = opened(folder);
		const rows = Array.from({length: 300}, (_, at): Row => [at, at, 'x', null]);
		database.expectMany(insertion);
		database.writing(() => insert(database, rows));
		expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
		database.exec('DELETE FROM tried');
		database.close();
		const without = opened(folder);
		vi.stubEnv('TMPDIR', join(folder, 'missing'));
		without.expectMany(insertion);
		without.writing(() => insert(without, rows));
		expect(keptIn(without)).toEqual(rows);
		without.close();
	}));

test('rows are inserted as well after another process has added a column', () =>
	withFolder(async folder => {
		const database = opened(folder);
		const rows = (from: number): Row[] => Array.from({length: 300}, (_, at): Row => [from + at, at, 'x', null]);
		database.expectMany(insertion);
		database.writing(() => insert(database, rows(0)));
		const other = opened(folder);
		other.exec('ALTER TABLE tried ADD COLUMN later INTEGER');
		other.close();
		database.expectMany(insertion);
		database.writing(() => insert(database, rows(1000)));
		expect(keptIn(database)).toEqual([...rows(0), ...rows(1000)].map(row => [...row, null]));
		database.close();
	}));

test('a file that cannot be made as it should is detached', () =>
	withFolder(async folder => {
		const database = opened(folder);
		const refusing = {
			exec: (sql: string) => database.exec(sql),
			run: (sql: string) => database.run(sql),
			row: () => [3],
		};
		expect(() => new RowFile(refusing, 'rows0', insertion)).toThrow();
		expect(database.rows('PRAGMA database_list').map(([, name]) => name)).toEqual(['main']);
		expect(readdirSync(join(folder, 'temporary'))).toEqual([]);
		database.close();
	}));
