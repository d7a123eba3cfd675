import {expect, test} from 'vitest';
import {markRow} from '../../../source/screen/charts/mark-row.js';

const window = {from: 0, to: 100, name: 'all'};

test('a mark has its name where it fits, else the last word of it, else its sign alone', () => {
	const mark = (time: number, name: string) => ({time, name});
	expect(markRow([mark(10, 'deploy 1.4')], window, 100, true)).toBe(`${' '.repeat(10)}▲deploy 1.4`);
	expect(
		markRow(
			[mark(0, 'claude-code 2.1.3'), mark(9, 'claude-code 2.1.4'), mark(12, 'claude-code 2.1.5')],
			window,
			100,
			true,
		),
	).toBe('▲2.1.3   ▲  ▲claude-code 2.1.5');
	expect(markRow([mark(0, 'a name without end'), mark(14, 'b')], window, 100, true)).toBe('▲a name with… ▲b');
});
