import {expect, test} from 'vitest';
import {axisTop, formatTick, ticksFor} from '../../../source/screen/charts/y-axis.js';

const labelled = (top: number, rows: number): Record<number, number> =>
	Object.fromEntries(ticksFor(top, rows).map(({row, value}) => [row, value]));

test.each([
	[1, {0: 100}],
	[2, {0: 100, 1: 0}],
	[3, {0: 100, 1: 50, 2: 0}],
	[5, {0: 100, 2: 50, 4: 0}],
	[9, {0: 100, 4: 50, 8: 0}],
	[13, {0: 100, 3: 75, 6: 50, 9: 25, 12: 0}],
])('percentages on %s rows', (rows, expected) => {
	expect(labelled(100, rows)).toEqual(expected);
});

test('a top that cannot be divided into round steps is labelled at its ends', () => {
	expect(labelled(97, 9)).toEqual({0: 97, 8: 0});
});

test('a round top has a round middle', () => {
	expect(labelled(60_000, 7)).toEqual({0: 60_000, 3: 30_000, 6: 0});
	expect(labelled(0.8, 3)).toEqual({0: 0.8, 1: 0.4, 2: 0});
});

test('the labels never share a row', () => {
	for (let rows = 1; rows <= 40; rows++) {
		for (const top of [1, 30, 60, 100, 250, 7000, 1e9]) {
			const ticks = ticksFor(top, rows);
			expect(new Set(ticks.map(({row}) => row)).size).toBe(ticks.length);
			expect(ticks.at(-1)).toEqual({value: top, row: 0});
		}
	}
});

test.each([
	[[3, 58, undefined], 60],
	[[0.07], 0.08],
	[[731 * 102], 80_000],
	[[100], 100],
	[[0, 0], 1],
	[[-5], 1],
	[[undefined, Number.NaN], 1],
	[[], 1],
])('the top of %j is a round number', (values, expected) => {
	expect(axisTop(undefined, values)).toBeCloseTo(expected, 9);
});

test('a given top is kept where it can be used', () => {
	expect(axisTop(100, [3])).toBe(100);
	expect(axisTop(0, [3])).toBe(3);
	expect(axisTop(Number.NaN, [3])).toBe(3);
	expect(axisTop(undefined, [Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
});

test.each([
	[0, '0'],
	[0.1 + 0.2, '0.3'],
	[2500, '2500'],
	[60_000, '60 k'],
	[1_250_000, '1.25 M'],
	[3e9, '3 G'],
	[2e12, '2 T'],
])('formatTick(%s)', (value, expected) => {
	expect(formatTick(value)).toBe(expected);
});
