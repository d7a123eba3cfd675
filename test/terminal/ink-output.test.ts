import fc from 'fast-check';
import {expect, test} from 'vitest';
import {parseCells} from '../../source/terminal/cells.js';
import {InkOutput} from '../../source/terminal/ink-output.js';

type Block = {readonly column: number; readonly row: number; readonly lines: readonly string[]};

const drawn = (blocks: readonly Block[], height = 4): readonly string[] => {
	const output = new InkOutput({height});
	for (const {column, row, lines} of blocks) {
		// As Ink does with blanks that a transformer fills.
		const text = lines.map(() => ' ').join('\n');
		output.write(column, row, text, {transformers: [(_, index) => lines[index] ?? '']});
	}
	return output.get().output.split('\n');
};
const shown = (line: string): string =>
	parseCells(line)
		.map(({text}) => text)
		.join('');

test('a line alone in its row stays as it is', () => {
	expect(drawn([{column: 0, row: 1, lines: ['\u001B[31mred\u001B[39m', 'plain']}])).toEqual([
		'',
		'\u001B[31mred\u001B[39m',
		'plain',
		'',
	]);
	expect(drawn([{column: 3, row: 0, lines: ['a']}])[0]).toBe('   a');
});

test('neighbours are in one row', () => {
	const [row = ''] = drawn([
		{column: 0, row: 0, lines: ['\u001B[31mred']},
		{column: 5, row: 0, lines: ['plain']},
	]);
	expect(shown(row)).toBe('red  plain');
	expect(parseCells(row)[6]).toEqual({text: 'l', style: ''});
	expect(parseCells(row)[1]).toEqual({text: 'e', style: '31'});
});

test('later lines lie over earlier ones', () => {
	expect(
		drawn([
			{column: 0, row: 0, lines: ['aaaaaa', 'aaaaaa', 'aaaaaa']},
			{column: 2, row: 1, lines: ['bb']},
		]).map(shown),
	).toEqual(['aaaaaa', 'aabbaa', 'aaaaaa', '']);
});

test.each([
	{column: 1, row: ' b文字'},
	{column: 2, row: '漢b 字'},
])('half a wide character becomes a blank, under column $column', ({column, row}) => {
	const blocks = [
		{column: 0, row: 0, lines: ['漢文字']},
		{column, row: 0, lines: ['b']},
	];
	expect(shown(drawn(blocks)[0] ?? '')).toBe(row);
});

test('rows that are not there are left out', () => {
	expect(drawn([{column: 0, row: 3, lines: ['last', 'below']}])).toEqual(['', '', '', 'last']);
});

test('every cell is that of the last line over it', () => {
	const line = fc.array(
		fc.record({text: fc.stringMatching(/^[a-z ]{1,6}$/), style: fc.constantFrom('', '1', '31', '7;32', '44')}),
		{minLength: 1, maxLength: 4},
	);
	const block = fc.record({column: fc.nat(20), row: fc.nat(3), parts: line});
	fc.assert(
		fc.property(fc.array(block, {maxLength: 6}), blocks => {
			const rows = drawn(
				blocks.map(({column, row, parts}) => ({
					column,
					row,
					lines: [
						parts
							.map(({text, style}) => `\u001B[0;${style}m${text}`)
							.join('')
							.concat('\u001B[m'),
					],
				})),
			);
			for (const [row, text] of rows.entries()) {
				const cells = parseCells(text);
				for (let column = 0; column < 50; column++) {
					const over = blocks
						.filter(one => one.row === row)
						.map(
							one =>
								parseCells(one.parts.map(({text, style}) => `\u001B[0;${style}m${text}`).join(''))[column - one.column],
						)
						.findLast(cell => cell !== undefined);
					expect(cells[column] ?? {text: ' ', style: ''}).toEqual(over ?? {text: ' ', style: ''});
				}
			}
		}),
	);
});
