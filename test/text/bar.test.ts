import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {bar} from '../../source/text/bar.js';

test('draws in eighths of a column', () => {
	const drawn = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(eighths => bar((eighths + 8) / 24, 3, {unicode: true, pad: true}));
	expect(drawn).toEqual(['█  ', '█▏ ', '█▎ ', '█▍ ', '█▌ ', '█▋ ', '█▊ ', '█▉ ', '██ ']);
});

test.each([
	[0.84, 10, '████████▍', '########'],
	[1, 4, '████', '####'],
	[7, 4, '████', '####'],
	[Number.POSITIVE_INFINITY, 4, '████', '####'],
	[0.000_001, 10, '▏', '#'],
	[0, 10, '', ''],
	[-3, 10, '', ''],
	[undefined, 10, '', ''],
	[Number.NaN, 10, '', ''],
	[0.5, 0, '', ''],
	[0.5, -2, '', ''],
])('bar(%s, %s)', (fraction, columns, unicode, ascii) => {
	expect(bar(fraction, columns, {unicode: true})).toBe(unicode);
	expect(bar(fraction, columns, {unicode: false})).toBe(ascii);
});

test('a padded bar is exactly as wide as asked', () => {
	fc.assert(
		fc.property(
			fc.option(fc.double(), {nil: undefined}),
			fc.integer({min: 0, max: 300}),
			fc.boolean(),
			(fraction, columns, unicode) => {
				expect(stringWidth(bar(fraction, columns, {unicode, pad: true}))).toBe(columns);
				expect(stringWidth(bar(fraction, columns, {unicode}))).toBeLessThanOrEqual(columns);
			},
		),
	);
});
