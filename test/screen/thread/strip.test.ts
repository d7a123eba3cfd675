import {expect, test} from 'vitest';
import {textOf, widthOf} from '../../../source/screen/text/line.js';
import {type Bar, type StripOptions, strip} from '../../../source/screen/thread/strip.js';
import {type Mark, markRow} from '../../../source/screen/thread/strip-marks.js';

const bar = (parts: Partial<Bar> = {}): Bar => ({read: 0, written: 0, uncached: 0, broken: false, ...parts});

const rowsOf = (options: Partial<StripOptions>) =>
	strip({bars: [], rows: 4, top: 40_000, pitch: 5, barColumns: 2, unicode: true, ...options}).map(line =>
		textOf(line).trimEnd(),
	);

test('bars are stacked to scale: read below, written on it, the rest above', () => {
	expect(rowsOf({bars: [bar({read: 20_000, written: 10_000, uncached: 10_000}), bar({written: 20_000})]})).toEqual([
		'   40 k ┤ ░░',
		'   20 k ┤ ▒▒',
		'        │ ██   ▒▒',
		'      0 ┤ ██   ▒▒',
	]);
	expect(rowsOf({bars: [bar({read: 20_000, written: 10_000, uncached: 10_000})], unicode: false})).toEqual([
		'   40 k + ..',
		'   20 k + ++',
		'        | ##',
		'      0 + ##',
	]);
});

test('the smallest prompt is seen, none at all and an unknown one are not', () => {
	const last = rowsOf({bars: [bar({read: 1}), bar(), undefined, bar({read: 90_000})]});
	expect(last[3]).toBe('      0 ┤ ██             ██');
	expect(last[0]).toBe('   40 k ┤                ██');
});

test('what was lost is written in another look', () => {
	const tokens = (broken: boolean) =>
		strip({bars: [bar({written: 9, broken})], rows: 4, top: 9, pitch: 5, barColumns: 2, unicode: true}).flatMap(line =>
			line.map(({token}) => token),
		);
	expect(tokens(true)).toContain('status.poor');
	expect(tokens(false)).not.toContain('status.poor');
});

const mark = (at: number, text = 'expired'): Mark => ({
	bar: at,
	texts: [`✕ ${text}`, '✕'],
	mirrored: `${text} ✕`,
	token: 'status.poor',
});

test.each([
	[[mark(0), mark(2)], 40, ' ✕ expired ✕ expired'],
	[[mark(0), mark(1)], 40, ' ✕    ✕ expired'],
	[[mark(0), mark(1)], 9, ' ✕    ✕'],
	[[mark(3)], 18, '        expired ✕'],
	[[mark(0, 'model switched')], 8, ' ✕'],
])('marks stand below their bars and never overlap: %#', (marks, columns, expected) => {
	const row = markRow(marks, 5, columns);
	expect(textOf(row)).toBe(expected);
	expect(widthOf(row)).toBeLessThanOrEqual(columns);
});
