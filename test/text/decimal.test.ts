import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decimal, significant} from '../../source/text/decimal.js';
import {runs} from '../support/runs.js';

const values = fc.oneof(
	fc.double({noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15}),
	fc.double({noNaN: true, min: -1, max: 1}),
	fc.double({noNaN: true, min: 0, max: 1e-7}),
	// Halves at the last digit that is kept.
	fc
		.tuple(fc.integer({min: -1_000_000, max: 1_000_000}), fc.integer({min: 0, max: 8}))
		.map(([n, digits]) => Number(`${n}5e-${digits}`)),
	fc.integer(),
	fc.constantFrom(0, -0, 0.995, 9.995, 99_999.995, 999_999.9999999, 0.0995, 0.00995, 1e-20, 1e15),
);

test('decimals are those of Intl', () => {
	fc.assert(
		fc.property(values, fc.integer({min: 0, max: 9}), fc.integer({min: 0, max: 9}), (value, one, other) => {
			const [least, most] = [Math.min(one, other), Math.max(one, other)];
			const format = new Intl.NumberFormat('en-US', {minimumFractionDigits: least, maximumFractionDigits: most});
			expect(decimal(value, least, most)).toBe(format.format(value));
		}),
		{numRuns: runs(3000)},
	);
});

test('two significant digits are those of Intl', () => {
	const format = new Intl.NumberFormat('en-US', {minimumSignificantDigits: 2, maximumSignificantDigits: 2});
	fc.assert(
		fc.property(fc.double({noNaN: true, min: 1e-12, max: 0.0995}), value => {
			expect(significant(value, 2)).toBe(format.format(value));
		}),
		{numRuns: runs(3000)},
	);
});
