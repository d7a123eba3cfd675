import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../../source/metrics/money/pricing.js';
import {openSqliteStore} from '../../../../source/store/sqlite/file/open.js';
import type {Store} from '../../../../source/store/store.js';
import {withFolder} from '../../../support/program.js';

const open = (path: string) => openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});

const idOf = (number: number) => `/logs/${String(number).padStart(4, '0')}.jsonl`;

/** Keeps cursors of logs; those of odd numbers are told at no glance. */
const keep = (store: Store, numbers: readonly number[], what: string) =>
	store.commit({
		changes: [],
		cursors: numbers.map(number => ({
			log: {id: idOf(number), name: `${number}`},
			cursor: {of: number, what},
			glance: number % 2 === 0 ? `${what} ${number}` : undefined,
		})),
	});

const upTo = (count: number) => Array.from({length: count}, (_, index) => index);

describe('summaries of logs', () => {
	const orders: Record<string, readonly number[]> = {
		'in the order of the paths': upTo(3000),
		backwards: upTo(3000).reverse(),
		'to and fro': upTo(3000).map(index => (index * 1103) % 3000),
		'with many left out': upTo(100).map(index => index * 30),
	};
	test.each(Object.entries(orders))('is what was kept last, asked for %s', (_, order) =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const first = open(path);
			keep(
				first,
				upTo(3000).filter(number => number % 3 !== 2),
				'first',
			);
			first.close();
			const store = open(path);
			for (const number of order) {
				const isKept = number % 3 !== 2;
				expect(store.glance(idOf(number))).toBe(isKept && number % 2 === 0 ? `first ${number}` : undefined);
				expect(store.cursor(idOf(number))).toEqual(isKept ? {of: number, what: 'first'} : undefined);
			}
			store.close();
		}),
	);

	test('follows what this process keeps, and what another one did', () =>
		withFolder(async folder => {
			const path = join(folder, 'test.db');
			const [store, other] = [open(path), open(path)];
			expect([store, other].map(each => each.glance(idOf(2)))).toEqual([undefined, undefined]);
			keep(store, [2, 4, 6], 'first');
			expect(store.glance(idOf(4))).toBe('first 4');
			keep(store, [4, 8], 'second');
			expect([2, 4, 6, 8].map(number => store.glance(idOf(number)))).toEqual([
				'first 2',
				'second 4',
				'first 6',
				'second 8',
			]);
			// Both have met logs that the other has not: their numbers are not given twice.
			keep(other, [10, 12], 'other');
			keep(store, [14, 10], 'third');
			for (const each of [store, other]) {
				expect(each.version).toBeGreaterThan(0);
				expect([2, 4, 8, 10, 12, 14].map(number => each.glance(idOf(number)))).toEqual([
					'first 2',
					'second 4',
					'second 8',
					'third 10',
					'other 12',
					'third 14',
				]);
				expect(each.cursor(idOf(10))).toEqual({of: 10, what: 'third'});
			}
			store.close();
			other.close();
		}));

	test('is gone with a change that was taken back', () =>
		withFolder(async folder => {
			const store = open(join(folder, 'test.db'));
			keep(store, [2], 'first');
			const log = {id: idOf(4), name: '4'};
			const failing = () => {
				throw new Error('not kept');
			};
			expect(() =>
				store.commit({
					changes: [],
					cursors: [
						{log, cursor: {}, glance: 'lost'},
						{log, cursor: {toJSON: failing}},
					],
				}),
			).toThrow('not kept');
			expect([2, 4].map(number => store.glance(idOf(number)))).toEqual(['first 2', undefined]);
			keep(store, [4], 'second');
			expect([2, 4].map(number => store.glance(idOf(number)))).toEqual(['first 2', 'second 4']);
			store.close();
		}));
});
