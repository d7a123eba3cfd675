import fc from 'fast-check';
import {expect, test} from 'vitest';
import {IdColumn} from '../../../source/store/memory/id-column.js';
import {IdIndex} from '../../../source/store/memory/id-index.js';

const runs = {numRuns: Number(process.env.HITRATE_RUNS ?? 100)};
/** Alike ones as well: those that begin alike, that differ in letters of more than a byte, and none at all. */
const ids = fc.oneof(
	fc.string({unit: 'binary', maxLength: 8}),
	fc.constantFrom('', 'a', 'aa', 'á', 'ā', 'aā', 'aĀb', 'agentpress:1', 'agentpress:2', '\ud800', '\0', '🦄'),
);

test('ids are those that were added, also behind some that were forgotten', () => {
	const steps = fc.array(fc.oneof(ids, fc.nat(50)), {maxLength: 60});
	fc.assert(
		fc.property(steps, all => {
			const column = new IdColumn();
			const expected: string[] = [];
			for (const step of all) {
				if (typeof step === 'string') {
					column.add(step);
					expected.push(step);
				} else {
					column.truncate(step);
					expected.length = Math.min(expected.length, step);
				}
			}
			expect(Array.from({length: column.count}, (_, row) => column.at(row))).toEqual(expected);
			for (const [row, id] of expected.entries()) {
				for (const other of [id, 'a', 'ā', `${id}x`, id.slice(1)]) {
					expect(column.is(row, other)).toBe(other === id);
				}
			}
		}),
		runs,
	);
});

test('each id has its row, and another has none', () => {
	fc.assert(
		fc.property(fc.uniqueArray(ids, {maxLength: 60}), fc.array(ids), (all, others) => {
			const column = new IdColumn();
			const index = new IdIndex(column);
			for (const id of all) {
				expect(index.of(id)).toBeUndefined();
				column.add(id);
				index.add(id);
			}
			expect(all.map(id => index.of(id))).toEqual([...all.keys()]);
			expect(others.map(id => index.of(id) ?? -1)).toEqual(others.map(id => all.indexOf(id)));
			expect(index.count).toBe(all.length);
		}),
		runs,
	);
});

test('ids that were added last are forgotten, and all others found', () => {
	fc.assert(
		fc.property(fc.array(fc.uniqueArray(ids, {maxLength: 60}), {maxLength: 4}), fc.nat(60), (rounds, kept) => {
			const column = new IdColumn();
			const index = new IdIndex(column);
			let held: string[] = [];
			for (const round of [Array.from({length: 700}, (_, number) => `${number}`), ...rounds]) {
				for (const id of round) {
					if (!held.includes(id)) {
						column.add(id);
						index.add(id);
						held.push(id);
					}
				}
				const forgotten = held.slice(650 - kept);
				held = held.slice(0, 650 - kept);
				index.truncate(held.length);
				column.truncate(held.length);
				expect(index.count).toBe(held.length);
				expect(held.map(id => index.of(id))).toEqual([...held.keys()]);
				expect(forgotten.every(id => index.of(id) === undefined)).toBe(true);
			}
		}),
		runs,
	);
});

test('a hundred thousand ids are found, each at its row', () => {
	const column = new IdColumn();
	const index = new IdIndex(column);
	const all = Array.from({length: 100_000}, (_, number) => `request ${number % 7 === 0 ? 'ł' : ''}${number}`);
	for (const id of all) {
		column.add(id);
		index.add(id);
	}
	expect(all.every((id, row) => index.of(id) === row && column.at(row) === id)).toBe(true);
	expect(index.of('request 100000')).toBeUndefined();
});
