import {expect, test} from 'vitest';
import {type BarLabel, barLabelRow} from '../../../source/screen/charts/bar-labels.js';
import {type Bar, legend, type StripOptions, strip} from '../../../source/screen/charts/strip.js';
import {textOf, widthOf} from '../../../source/screen/text/line.js';

const bar = (parts: Partial<Bar> = {}): Bar => ({read: 0, written: 0, uncached: 0, lost: 0, ...parts});

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
	expect(last[3]).toBe('      0 ┤ ▁▁             ██');
	expect(last[0]).toBe('   40 k ┤                ██');
});

test('what was lost has a filling of its own, taken from what was written and then from the rest', () => {
	expect(rowsOf({bars: [bar({read: 10_000, written: 20_000, uncached: 10_000, lost: 10_000})]})).toEqual([
		'   40 k ┤ ░░',
		'   20 k ┤ ▒▒',
		'        │ ▓▓',
		'      0 ┤ ██',
	]);
	expect(rowsOf({bars: [bar({written: 20_000, uncached: 20_000, lost: 30_000})], unicode: false})).toEqual([
		'   40 k + ..',
		'   20 k + xx',
		'        | xx',
		'      0 + xx',
	]);
});

test.each([true, false])('the legend has the glyphs and the colours of the bars; unicode %s', unicode => {
	const bars = [{read: 40, written: 80, uncached: 40, lost: 40}];
	const lines = strip({bars, rows: 4, top: 160, pitch: 4, barColumns: 1, unicode});
	const fillings = '█▓▒░#x+.';
	const drawn = lines
		.flat()
		.filter(({text}) => text.length === 1 && fillings.includes(text))
		.map(({text, token}) => `${text} ${token}`);
	const explained = legend(unicode).map(({text, token}) => `${text} ${token}`);
	expect(new Set(drawn).size).toBe(4);
	for (const part of drawn) {
		expect(explained).toContain(part);
	}
});

const mark = (at: number, text = 'expired'): BarLabel => ({
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
	const row = barLabelRow(marks, 5, columns);
	expect(textOf(row)).toBe(expected);
	expect(widthOf(row)).toBeLessThanOrEqual(columns);
});

test('in a low chart a sliver does not take a whole row', () => {
	expect(
		rowsOf({bars: [bar({read: 29_000, written: 4_000, uncached: 7_000, lost: 3_000})], rows: 2}).map(row =>
			row.slice(-2),
		),
	).toEqual(['██', '██']);
});
