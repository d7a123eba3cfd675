import {type Line, padEnd, padStart, space, textOf, widthOf} from './line.js';

/** A column of a table, with the cells of all rows that are drawn. */
export type TableColumn = {
	readonly cells: readonly Line[];
	/** Shown above the cells, aligned like them. */
	readonly heading?: Line;
	/** `decimal` aligns numbers at their decimal points. */
	readonly align?: 'left' | 'right' | 'decimal' | undefined;
	/** Keeps the column although all drawn cells are empty, because cells of other rows are not. */
	readonly stays?: boolean | undefined;
	/** If not all columns fit, those with the highest value stay. Undefined: the column always stays. */
	readonly keep?: number | undefined;
};

type Table = {
	/** Empty if no column has a heading. */
	readonly heading: Line;
	readonly rows: readonly Line[];
	/** Columns of the width that remain unused. */
	readonly left: number;
};

const gap = 2;

/** The part of a number before its decimal point: `$4`, `21,544`, `-48`. */
const wholePart = /^\D*[\d,]*/;

/** Columns after the decimal point; undefined for text that is not a number, which is aligned at the edge. */
const afterPoint = (cell: Line): number | undefined => {
	const text = textOf(cell);
	return /\d/.test(text) ? widthOf(cell) - (wholePart.exec(text)?.[0].length ?? 0) : undefined;
};

/** Pads cells so that their decimal points line up once the cells are aligned to the right. */
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

/** The columns that always stay, and the most important of the others that fit. */
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
