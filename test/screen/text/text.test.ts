import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {atEdges, lineOf} from '../../../source/screen/text/arrange.js';
import {toAscii} from '../../../source/screen/text/ascii.js';
import {cut, cutStart, cutText, fitted} from '../../../source/screen/text/cut.js';
import {flow} from '../../../source/screen/text/flow.js';
import {muted, primary, strong, textOf, widthOf} from '../../../source/screen/text/line.js';
import {table} from '../../../source/screen/text/table.js';

test('text is cut between characters, never within a number', () => {
	expect(cutText('worker.log and more', 12)).toBe('worker.log…');
	expect(cutText('lost $1,234.56', 11)).toBe('lost…');
	expect(cutText('模型模型', 5)).toBe('模型…');
	expect(cutText('short', 5)).toBe('short');
	expect(cutText('short', 0)).toBe('');
});

test('a path keeps its end', () => {
	expect(cutStart('/srv/app/logs/worker.log', 11)).toBe('…worker.log');
	expect(cutStart('模型模型', 5)).toBe('…模型');
});

test.each(Array.from({length: 22}, (_, columns) => columns))(
	'a line of several looks is cut to %i columns',
	columns => {
		const line = [...strong('84.0 %'), ...muted(' of 模型'), ...primary(' requests')];
		expect(widthOf(cut(line, columns))).toBeLessThanOrEqual(columns);
		expect(widthOf(fitted(line, columns))).toBe(columns);
	},
);

test('the least important part goes first', () => {
	const parts = [
		{line: primary('always'), keep: Number.POSITIVE_INFINITY},
		{line: primary('first'), keep: 1},
		{line: primary('second'), keep: 2},
	];
	expect(textOf(lineOf(parts, 30))).toBe('always  first  second');
	expect(textOf(lineOf(parts, 20))).toBe('always  second');
	expect(textOf(lineOf(parts, 3))).toBe('always');
});

test('the right part is left out where both do not fit', () => {
	expect(textOf(atEdges(primary('left'), primary('right'), 12))).toBe('left   right');
	expect(textOf(atEdges(primary('left'), primary('right'), 9))).toBe('left     ');
});

test('text flows over rows with its looks', () => {
	const rows = flow([...strong('one two three'), ...muted('four five')], 9, 5);
	expect(rows.map(textOf)).toEqual(['one', 'two three', 'four five']);
	expect(flow([...strong('one'), ...muted('two')], 9)).toEqual([
		[
			{text: 'one', token: 'text.strong'},
			{text: ' two', token: 'text.muted'},
		],
	]);
	expect(flow(primary('abcdefgh ij'), 3).map(textOf)).toEqual(['abc', 'def', 'gh', 'ij']);
	expect(flow(primary('模 a'), 1).map(textOf)).toEqual(['a']);
	expect(flow([], 5)).toEqual([]);
});

test('columns of a table are aligned, and left out by their importance', () => {
	const columns = [
		{cells: [primary('a'), primary('long')]},
		{cells: [primary('1'), primary('22')], align: 'right'},
		{cells: [primary('note'), []], keep: 1},
		{cells: [[], []]},
	] as const;
	expect(table(columns, 20).rows.map(textOf)).toEqual(['a      1  note', 'long  22      ']);
	expect(table(columns, 20).left).toBe(6);
	expect(table(columns, 9).rows.map(textOf)).toEqual(['a      1', 'long  22']);
});

test('numbers are lined up by their decimal points below their heading', () => {
	const columns = [
		{
			heading: primary('cost'),
			cells: ['$4.11', '$0.082', 'n/a', '-$1,310.00', '–'].map(primary),
			align: 'decimal',
		},
		{heading: primary('name'), cells: ['a', 'b', 'c', 'd', 'e'].map(primary), keep: 1},
	] as const;
	const {heading, rows} = table(columns, 40);
	expect([heading, ...rows].map(textOf)).toEqual([
		'       cost  name',
		'     $4.11   a   ',
		'     $0.082  b   ',
		'        n/a  c   ',
		'-$1,310.00   d   ',
		'          –  e   ',
	]);
	expect(textOf(table(columns, 12).heading)).toBe('       cost');
});

test('7-bit text is as wide as what it replaces', () => {
	for (const text of ['╭─ Hit rate → now ▲ ▼ ● ‖ … ─╮', 'é über ﬁ', '模型 😀 \uFFFD']) {
		const plain = toAscii(text);
		expect(plain).toMatch(/^[ -~]*$/);
		expect(stringWidth(plain)).toBe(stringWidth(text));
	}
	expect(toAscii('über')).toBe('uber');
});

test('a row ends before a figure and never within it', () => {
	const text = 'hit rate 39.8 % · read 50.0 k · idle for 12 min. 3 breaks';
	for (let columns = 8; columns < text.length; columns++) {
		for (const row of flow(primary(text), columns).map(textOf)) {
			expect(row).not.toMatch(/\d$(?<!\b3)|^(?:%|k|min)/);
		}
	}
	expect(flow(primary(text), text.length).map(textOf)).toEqual([text]);
});
