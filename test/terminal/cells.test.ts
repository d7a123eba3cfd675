import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {cropCells, parseCells} from '../../source/terminal/cells.js';

const texts = (line: string) => parseCells(line).map(cell => cell.text);
const text = (line: string) => texts(line).join('');

test('a cell a column, with its look', () => {
	expect(parseCells('a\u001B[31mb\u001B[39mc')).toEqual([
		{text: 'a', style: ''},
		{text: 'b', style: '31'},
		{text: 'c', style: ''},
	]);
});

test('different sequences, the same look', () => {
	expect(parseCells('\u001B[1m\u001B[31mx\u001B[22m\u001B[39m y')).toEqual(parseCells('\u001B[31;1mx\u001B[0m y'));
});

test('a wide character owns a second, empty cell', () => {
	expect(texts('漢a')).toEqual(['漢', '', 'a']);
});

test('marks stay on their letter, across a change of look as well', () => {
	expect(texts('e\u0301x')).toEqual(['e\u0301', 'x']);
	expect(texts('e\u001B[31m\u0301x')).toEqual(['e\u0301', 'x']);
	expect(texts('漢\u001B[31m\u0301')).toEqual(['漢\u0301', '']);
	expect(texts('\u0301a')).toEqual(['a']);
});

test('a tower of marks is cut', () => {
	expect(text(`a${'\u0301'.repeat(500)}`).length).toBeLessThan(20);
});

test('characters of no width and of writing direction vanish', () => {
	expect(texts('a\u200B\u202E\uFEFFb')).toEqual(['a', 'b']);
});

test.each([
	['👨‍👩‍👧', ['👨', '']],
	['👍🏽', ['👍', '']],
	['🇩🇪', ['D', 'E']],
	['1️⃣', ['1', ' ']],
	['❤️', ['❤', ' ']],
	['©', ['©']],
])('%s becomes what all terminals take to be as wide', (emoji, cells) => {
	expect(texts(emoji)).toEqual(cells);
	expect(cells).toHaveLength(stringWidth(emoji));
});

test.each([
	['cursor moves', 'a\u001B[2Jb\u001B[3;4Hc'],
	['titles', 'a\u001B]0;evil\u0007b\u001B]2;evil\u001B\\c'],
	['hyperlinks', 'a\u001B]8;;http://evil\u0007b\u001B]8;;\u0007c'],
	['device control strings', 'a\u001BPevil\u001B\\bc'],
	['8-bit forms', 'a\u009B2Jb\u009D0;evil\u009Cc'],
	['charset switches', 'a\u001B(0b\u001B(Bc'],
	['lone controls', 'a\u0000\u0007\b\t\rb\u007F\u0085\u001Bc'],
])('%s do not survive', (_, line) => {
	expect(texts(line)).toEqual(['a', 'b', 'c']);
});

test('no control character survives a title that does not end', () => {
	expect(text('a\u001B]0;title')).toBe('a]0;title');
});

test('cropping never leaves half a character', () => {
	expect(cropCells(parseCells('a漢b'), 2).map(cell => cell.text)).toEqual(['a', ' ']);
	expect(cropCells(parseCells('a漢b'), 3).map(cell => cell.text)).toEqual(['a', '漢', '']);
});
