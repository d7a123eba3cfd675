import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {sparkline} from '../../../source/screen/charts/sparkline.js';

test('one mark for each level', () => {
	expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, {unicode: true})).toBe('▁▂▃▄▅▆▇█');
	expect(sparkline([0, 1, 2, 3, 4, 5, 6], 7, {unicode: false})).toBe('.:-=+*#');
});

test('a gap is blank and a zero is not', () => {
	expect(sparkline([0, undefined, 8, Number.NaN, 8], 5, {unicode: true})).toBe('▁ █ █');
	expect(sparkline([0, undefined, 8, Number.NaN, 8], 5, {unicode: false})).toBe('. # #');
});

test('fractions keep their shape', () => {
	expect(sparkline([0.1, 0.2, 0.4, 0.8], 4, {unicode: true})).toBe('▂▃▅█');
});

test('starts at 0 by default, and clamps what is outside', () => {
	expect(sparkline([7, 7, 7], 3, {unicode: true})).toBe('███');
	expect(sparkline([0, 0], 2, {unicode: true})).toBe('▁▁');
	expect(sparkline([-2, 0, 2], 3, {unicode: true})).toBe('▁▅█');
	expect(sparkline([40, 90, 120], 3, {unicode: true, min: 80, max: 100})).toBe('▁▅█');
});

test('more values than columns are averaged, or summed', () => {
	expect(sparkline([4, 4, 8, undefined], 2, {unicode: true})).toBe('▅█');
	expect(sparkline([4, 4, 8, undefined], 2, {unicode: true, aggregate: 'sum'})).toBe('██');
});

test('fewer values than columns are followed by spaces, or stretched', () => {
	expect(sparkline([0, 7], 6, {unicode: true})).toBe('▁█    ');
	expect(sparkline([0, 7], 6, {unicode: true, stretch: true})).toBe('▁▁▁███');
});

test('exactly as wide as asked, whatever the values', () => {
	const values = fc.array(fc.option(fc.double(), {nil: undefined}), {maxLength: 400});
	fc.assert(
		fc.property(
			values,
			fc.integer({min: 0, max: 300}),
			fc.boolean(),
			fc.boolean(),
			(series, columns, unicode, stretch) => {
				const drawn = sparkline(series, columns, {unicode, stretch});
				expect(stringWidth(drawn)).toBe(columns);
				expect(drawn).toMatch(unicode ? /^[ ▁▂▃▄▅▆▇█]*$/ : /^[ .:\-=+*#]*$/);
			},
		),
	);
});
