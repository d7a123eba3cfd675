import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import {Insertion} from '../../../../source/store/sqlite/file/insertion.js';
import type {Row} from '../../../../source/store/sqlite/file/value.js';
import {withFolder} from '../../../support/program.js';

const value = fc.oneof(fc.constant(null), fc.constantFrom(0, -1, 2 ** 40, 1.5, '', 'text'));

test('any number of rows, with values in any columns, are in the table as they were given', () =>
	withFolder(async folder => {
		const database = new Connection(join(folder, 'test.db'));
		const insertion = new Insertion('tried', ['number', 'a', 'b', 'c']);
		fc.assert(
			fc.property(
				fc.nat(160),
				fc.array(fc.tuple(value, value, value), {minLength: 1, maxLength: 120}),
				fc.nat(3),
				(count, some, told) => {
					// Often nothing at the end is told, by a row or by all of them.
					const rows = Array.from({length: count}, (_, number): Row => {
						const values = some[number % some.length] as Row;
						return [number, ...values.map((each, column) => (column < told ? each : null))];
					});
					database.exec('DROP TABLE IF EXISTS tried; CREATE TABLE tried (number INTEGER PRIMARY KEY, a, b, c)');
					database.insert(insertion, rows, (row, to) => {
						for (const each of row) {
							to.push(each);
						}
					});
					expect(database.rows('SELECT number, a, b, c FROM tried ORDER BY number')).toEqual(rows);
				},
			),
			{numRuns: 40},
		);
		database.close();
	}));
