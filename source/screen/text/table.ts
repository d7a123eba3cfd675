import {type Line, padEnd, padStart, space, textOf, widthOf} from './line.js';

/** A column of a table of which all rows are drawn. */
export type TableColumn = {
	readonly cells: readonly Line[];
	/** Stands above the cells, and at the same edge. */
	readonly heading?: Line;
	/** `decimal` lines numbers up by their decimal points. */
	readonly align?: 'left' | 'right' | 'decimal' | undefined;
	/** It has a place although none of these cells says anything: those of rows that are not drawn do. */
	readonly stays?: boolean | undefined;
	/** The highest gets its place first where the width does not suffice for all. Default: it stays. */
	readonly keep?: number | undefined;
};

type Table = {
	/** Empty where no column has a heading. */
	readonly heading: Line;
	readonly rows: readonly Line[];
	/** Columns that are left of the width. */
	readonly left: number;
};

const gap = 2;

/** What stands before a number's decimal point: `$4`, `21,544`, `-48`. */
const wholePart = /^\D*[\d,]*/;

/** What is no number has no point, and stands at the edge. */
const afterPoint = (cell: Line): number | undefined => {
	const text = textOf(cell);
	return /\d/.test(text) ? widthOf(cell) - (wholePart.exec(text)?.[0].length ?? 0) : undefined;
};

/** Cells whose decimal points are in one column once they are aligned to the right. */
const byDecimal = (cells: readonly Line[]): readonly Line[] => {
	const after = cells.map(afterPoint);
	const most = Math.max(0, ...after.map(width => width ?? 0));
	return cells.map((cell, index) => (cell.length === 0 ? cell : [...cell, ...space(most - (after[index] ?? most))]));
};

type Measured = Omit<TableColumn, 'heading'> & {readonly heading: Line; readonly width: number};

const measured = (column: TableColumn): Measured => {
	const {heading = [], align} = column;
	const cells = align === 'decimal' ? byDecimal(column.cells) : column.cells;
	return {...column, heading, cells, width: Math.max(0, widthOf(heading), ...cells.map(widthOf))};
};

const widthOfAll = (columns: readonly Measured[]): number => columns.reduce((sum, {width}) => sum + width + gap, -gap);

const rowOf = (columns: readonly Measured[], cellOf: (column: Measured) => Line): Line =>
	columns.flatMap((column, index) => {
		const cell = cellOf(column);
		const isLeft = (column.align ?? 'left') === 'left';
		const aligned = isLeft ? padEnd(cell, column.width) : padStart(cell, column.width);
		return index === 0 ? aligned : [...space(gap), ...aligned];
	});

/** Those that always stay, and of the others the most important for which there is room. */
const whatFits = (all: readonly Measured[], columns: number): readonly Measured[] => {
	const chosen = new Set(all.filter(({keep}) => keep === undefined));
	const optional = all.filter(({keep}) => keep !== undefined);
	for (const column of optional.sort((one, other) => (other.keep ?? 0) - (one.keep ?? 0))) {
		if (widthOfAll([...chosen, column]) <= columns) {
			chosen.add(column);
		}
	}
	return all.filter(column => chosen.has(column));
};

/**
 * Rows with aligned cells, without the columns for which `columns` is too narrow.
 * Columns in which no cell says anything are left out, unless they stay.
 */
export const table = (all: readonly TableColumn[], columns: number): Table => {
	const candidates = all.filter(({cells, stays}) => stays || cells.some(cell => widthOf(cell) > 0)).map(measured);
	const kept = whatFits(candidates, columns);
	const count = Math.max(0, ...all.map(({cells}) => cells.length));
	return {
		heading: kept.some(({heading}) => heading.length > 0) ? rowOf(kept, ({heading}) => heading) : [],
		rows: Array.from({length: count}, (_, row) => rowOf(kept, ({cells}) => cells[row] ?? [])),
		left: columns - widthOfAll(kept),
	};
};
