import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Hours} from '../../../source/fleet/reading/hours.js';
import {selectionOf, slotLength, slotsInHour} from '../../../source/fleet/reading/selection.js';

const first = 480_000;
const hour = 3_600_000;

/** Ten hours of which every other is kept, with one request in each slot. */
const hours: Hours = {
	states: new Map(Array.from({length: 10}, (_, index) => [first + index, `${index}`])),
	kept: new Map(
		[0, 2, 4, 6, 8].map(index => [
			first + index,
			{gen: '7', slots: Array.from({length: slotsInHour}, () => 1), first: 0, last: 0},
		]),
	),
	days: new Map(),
};

const bounds = fc.integer({min: (first - 1) * hour, max: (first + 11) * hour});

/** Whole stretches of kept hours within a window. */
const stretches = (from: number, to: number, length: number): number =>
	[...hours.kept.keys()].flatMap(kept =>
		Array.from({length: hour / length}, (_, index) => kept * hour + index * length).filter(
			start => start >= from && start + length <= to,
		),
	).length;

test('sums are used for the whole slots of a window that are kept, and for no others', () => {
	fc.assert(
		fc.property(bounds, bounds, (from, to) => {
			const {kept} = selectionOf({from, to, name: 'custom'}, {}, 'lane_sum', hours);
			expect(kept?.requests ?? 0).toBe(stretches(from, to, slotLength));
		}),
	);
});

test('those by log for its whole hours', () => {
	fc.assert(
		fc.property(bounds, bounds, (from, to) => {
			const {kept} = selectionOf({from, to, name: 'custom'}, {}, 'log_sum', hours);
			expect(kept?.requests ?? 0).toBe(stretches(from, to, hour) * slotsInHour);
		}),
	);
});

test('what sums do not tell apart is asked of the rows', () => {
	const window = {from: first * hour, to: (first + 5) * hour, name: 'custom'};
	expect(selectionOf(window, {host: 'web1'}, 'lane_sum', hours).kept).toBeUndefined();
	expect(selectionOf(window, {host: 'web1'}, 'log_sum', hours).kept?.taken).toContain('web1');
	for (const filter of [{thread: 'a'}, {text: 'a'}, {model: 'a'}]) {
		expect(selectionOf(window, filter, 'log_sum', hours).kept).toBeUndefined();
	}
});

/** All hours of a day, and the sums of the day. */
const wholeDay: Hours = {
	states: new Map(Array.from({length: 24}, (_, index) => [first + index, `${index}`])),
	kept: new Map(Array.from({length: 24}, (_, index) => [first + index, {gen: '7', slots: [], first: 0, last: 0}])),
	days: new Map([[first, '9']]),
};

test('sums of a day replace those of its hours unless the answer is divided within it', () => {
	const window = {from: first * hour, to: (first + 24) * hour, name: 'custom'};
	const whereOf = (options?: Parameters<typeof selectionOf>[4]) =>
		selectionOf(window, {}, 'lane_sum', wholeDay, options).kept?.where;
	for (const at of [window.from, window.to]) {
		expect(whereOf({cuts: [window.from, at, window.to]})).toContain('(480000, 9)');
	}
	expect(whereOf({byDay: false})).not.toContain('(480000, 9)');
	fc.assert(
		fc.property(fc.integer({min: 1, max: 24 * slotsInHour - 1}), fc.constantFrom(0, 1), (slot, more) => {
			const at = window.from + slot * slotLength + more;
			expect(whereOf({cuts: [window.from, at, window.to]})).not.toContain('(480000, 9)');
		}),
	);
	expect(selectionOf({...window, to: window.to - hour}, {}, 'log_sum', wholeDay).kept?.where).not.toContain(
		'(480000, 9)',
	);
});

test('what the answer is cut at is read from rows', () => {
	fc.assert(
		fc.property(bounds, bounds, bounds, (from, to, at) => {
			const {kept} = selectionOf({from, to, name: 'custom'}, {}, 'lane_sum', hours, {cuts: [at]});
			const isWithin = at % slotLength > 0 && stretches(at - slotLength + 1, at + slotLength - 1, slotLength) > 0;
			const start = Math.floor(at / slotLength) * slotLength;
			const isCut = isWithin && start >= from && start + slotLength <= to;
			expect(kept?.requests ?? 0).toBe(stretches(from, to, slotLength) - (isCut ? 1 : 0));
		}),
	);
});
