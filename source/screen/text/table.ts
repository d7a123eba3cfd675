import {type Line, padEnd, padStart, space, widthOf} from './line.js';

/** A column of a table of which all rows are drawn. */
export type TableColumn = {
	readonly cells: readonly Line[];
	readonly align?: 'left' | 'right';
	/** The lowest is left out first where the width does not suffice. Default: it stays. */
	readonly keep?: number;
};

const gap = 2;

const widthOfColumn = ({cells}: TableColumn): number => Math.max(0, ...cells.map(widthOf));
const widthOfAll = (columns: readonly TableColumn[]): number =>
	columns.reduce((sum, column) => sum + widthOfColumn(column) + gap, -gap);

/**
 * Rows with aligned cells, without the columns for which `columns` is too narrow, and how much is left of it.
 * Columns in which no cell says anything are left out.
 */
export const table = (
	all: readonly TableColumn[],
	columns: number,
): {readonly rows: readonly Line[]; readonly left: number} => {
	let kept = all.filter(column => widthOfColumn(column) > 0);
	while (widthOfAll(kept) > columns) {
		const least = kept
			.filter(({keep}) => keep !== undefined)
			.reduce<TableColumn | undefined>(
				(low, column) => (low && (low.keep ?? 0) < (column.keep ?? 0) ? low : column),
				undefined,
			);
		if (!least) {
			break;
		}
		kept = kept.filter(column => column !== least);
	}
	const count = Math.max(0, ...all.map(({cells}) => cells.length));
	const rows = Array.from({length: count}, (_, row) =>
		kept.flatMap((column, index) => {
			const cell = column.cells[row] ?? [];
			const width = widthOfColumn(column);
			const aligned = column.align === 'right' ? padStart(cell, width) : padEnd(cell, width);
			return index === 0 ? aligned : [...space(gap), ...aligned];
		}),
	);
	return {rows, left: columns - widthOfAll(kept)};
};
