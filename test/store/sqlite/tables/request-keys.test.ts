import {expect, test} from 'vitest';
import {keyOf, RowsByKey} from '../../../../source/store/sqlite/tables/request-keys.js';

test('rows are found by their keys, however many there are', () => {
	const rows = new RowsByKey();
	for (let row = 1; row <= 20_000; row++) {
		rows.add(keyOf(`id-${row}`), row);
	}
	for (const row of [1, 2, 4096, 19_999, 20_000]) {
		const found: number[] = [];
		rows.push(keyOf(`id-${row}`), found);
		expect(found).toEqual([row]);
	}
	const none: number[] = [];
	rows.push(keyOf('another'), none);
	expect(none).toEqual([]);
});

test('two ids may have one key: both rows are found, and those of keys that share their place are not', () => {
	const rows = new RowsByKey();
	rows.add(5, 1);
	rows.add(5 + 2 ** 40, 2);
	rows.add(5, 3);
	const found: number[] = [];
	rows.push(5, found);
	expect(found).toEqual([1, 3]);
});
