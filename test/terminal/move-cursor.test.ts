import {expect, test} from 'vitest';
import {moveCursor} from '../../source/terminal/move-cursor.js';

test.each([
	['home', undefined, 0, 0, '\u001B[H'],
	['start of a row', undefined, 4, 0, '\u001B[5H'],
	['first row', undefined, 0, 9, '\u001B[;10H'],
	['anywhere', undefined, 11, 44, '\u001B[12;45H'],
	['already there', {row: 1, column: 1}, 1, 1, ''],
	['one to the right', {row: 1, column: 1}, 1, 2, '\u001B[C'],
	['two to the left', {row: 1, column: 40}, 1, 38, '\b\b'],
	['far to the left', {row: 1, column: 40}, 1, 5, '\u001B[6G'],
	['start of this row', {row: 1, column: 40}, 1, 0, '\r'],
	['this row, column in doubt', {row: 1, column: undefined}, 1, 7, '\u001B[8G'],
	['straight down', {row: 1, column: 40}, 3, 40, '\u001B[2B'],
	['straight up', {row: 4, column: 40}, 3, 40, '\u001B[A'],
])('%s', (_, from, row, column, expected) => {
	expect(moveCursor(from, row, column)).toBe(expected);
});
