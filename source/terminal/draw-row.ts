import {blankCell, type Cell} from './cells.js';
import {isSteady} from './glyph.js';
import type {Pen} from './pen.js';

/** Minimum number of trailing blanks for which erasing is shorter than drawing. */
const shortestErase = 4;
/** Columns by which a character of uncertain width may spill to the right. */
const spill = 2;

const isPlainBlank = (cell: Cell | undefined) => cell === undefined || (cell.text === ' ' && cell.style === '');

const withoutTrailingBlanks = (cells: readonly Cell[]) => {
	let length = cells.length;
	while (length > 0 && isPlainBlank(cells[length - 1])) {
		length--;
	}
	return cells.slice(0, length);
};

/** Columns of the character that starts at `column`. */
const widthAt = (cells: readonly Cell[], column: number) => {
	let width = 1;
	while (cells[column + width]?.text === '') {
		width++;
	}
	return width;
};

/** Columns from `start` up to, but not including, `end` that must be drawn. */
type Run = {readonly start: number; readonly end: number};

const changedRuns = (before: readonly Cell[], after: readonly Cell[], columns: number): readonly Run[] => {
	const same = (column: number) => {
		const old = before[column] ?? blankCell;
		const now = after[column] ?? blankCell;
		return old.text === now.text && old.style === now.style;
	};
	const runs: Run[] = [];
	const length = Math.max(before.length, after.length);
	for (let start = 0; start < length; start++) {
		if (same(start)) {
			continue;
		}
		let end = start;
		let drawnUntil = start + 1;
		for (; end < columns && (end < drawnUntil || !same(end) || after[end]?.text === ''); end++) {
			const {text} = after[end] ?? blankCell;
			if (text !== '' && !isSteady(text)) {
				drawnUntil = end + widthAt(after, end) + spill;
			}
		}
		runs.push({start, end});
		start = end - 1;
	}
	return runs;
};

const putCells = (pen: Pen, row: number, cells: readonly Cell[], {start, end}: Run) => {
	for (let column = start; column < end; ) {
		const width = widthAt(cells, column);
		pen.put(row, column, cells[column] ?? blankCell, width);
		column += width;
	}
};

/**
 * Draws the difference between the shown and the wanted content of a row. Neither may be longer than `columns` cells.
 */
export const drawRow = (
	pen: Pen,
	row: number,
	columns: number,
	shown: readonly Cell[],
	wanted: readonly Cell[],
): void => {
	const before = withoutTrailingBlanks(shown);
	const after = withoutTrailingBlanks(wanted);
	let drawnUntil: number | undefined;
	for (const {start, end} of changedRuns(before, after, columns)) {
		const blankFrom = Math.max(start, after.length);
		const erases = end > after.length && before.length - blankFrom >= shortestErase;
		const last = erases ? blankFrom : end;
		if (drawnUntil !== undefined && start < last) {
			const between = {start: drawnUntil, end: start};
			const target = (after[start] ?? blankCell).style;
			if (pen.canDrawThrough(row, start, after.slice(drawnUntil, start), target)) {
				putCells(pen, row, after, between);
			}
		}
		putCells(pen, row, after, {start, end: last});
		if (erases) {
			pen.eraseRight(row, last);
			return;
		}
		drawnUntil = end;
	}
};
