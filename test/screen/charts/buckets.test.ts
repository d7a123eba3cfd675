import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isPresent, resample} from '../../../source/screen/charts/buckets.js';

test('several values become one by mean or by sum', () => {
	expect(resample([1, 3, 5, 7], 2, 'mean')).toEqual([2, 6]);
	expect(resample([1, 3, 5, 7], 2, 'sum')).toEqual([4, 12]);
});

test('as many buckets as values change nothing', () => {
	const values = [0.1, undefined, 3, -2];
	expect(resample(values, 4, 'mean')).toEqual(values);
	expect(resample(values, 4, 'sum')).toEqual(values);
});

test('a value on a boundary counts by its share', () => {
	expect(resample([6, 6, 6], 2, 'sum')).toEqual([9, 9]);
	expect(resample([0, 3, 6], 2, 'mean')).toEqual([1, 5]);
});

test('fewer values are spread: a mean repeats, a sum keeps its total', () => {
	expect(resample([2, 4], 4, 'mean')).toEqual([2, 2, 4, 4]);
	expect(resample([2, 4], 4, 'sum')).toEqual([1, 1, 2, 2]);
});

test('gaps, NaN and infinite values count for nothing', () => {
	const values = [4, undefined, Number.NaN, Number.POSITIVE_INFINITY, undefined, 0];
	expect(resample(values, 3, 'mean')).toEqual([4, undefined, 0]);
	expect(resample(values, 3, 'sum')).toEqual([4, undefined, 0]);
});

test('no values are all gaps, and no buckets are none', () => {
	expect(resample([], 2, 'mean')).toEqual([undefined, undefined]);
	expect(resample([1, 2], 0, 'sum')).toEqual([]);
});

const series = fc.array(fc.option(fc.double({min: -1e6, max: 1e6, noNaN: true}), {nil: undefined}), {maxLength: 80});

test('a sum keeps its total and a mean stays between the values, at any count', () => {
	fc.assert(
		fc.property(series, fc.integer({min: 1, max: 120}), (values, count) => {
			const present = values.filter(isPresent);
			const total = present.reduce((sum, value) => sum + value, 0);
			const sums = resample(values, count, 'sum').filter(isPresent);
			expect(sums.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 3);

			const means = resample(values, count, 'mean');
			expect(means).toHaveLength(count);
			for (const mean of means.filter(isPresent)) {
				expect(mean).toBeGreaterThanOrEqual(Math.min(...present) - 1e-6);
				expect(mean).toBeLessThanOrEqual(Math.max(...present) + 1e-6);
			}
		}),
	);
});
