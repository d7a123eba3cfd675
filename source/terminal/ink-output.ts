import {blankCell, type Cell, parseCells} from './cells.js';
import {type Style, styleChange} from './style.js';

/** A piece of a row: its text and the column at which it starts. */
type Piece = {readonly column: number; readonly line: string};

/** Ink's type: transforms a line of a block, given its index. */
type Transformer = (line: string, index: number) => string;

/**
 * Replaces Ink's output class in the bundle (`.scripts/build.js`). Puts lines at their places, later ones over earlier
 * ones. A row with a single line is passed on as is; only overlapping lines are split into cells.
 */
export class InkOutput {
	readonly #rows: Piece[][];

	constructor({height}: {readonly height: number}) {
		this.#rows = Array.from({length: height}, () => []);
	}

	/** Places the lines of a text, starting at a position; those below the last row are dropped. */
	write(
		column: number,
		row: number,
		text: string,
		{transformers}: {readonly transformers: readonly Transformer[]},
	): void {
		for (const [index, line] of text.split('\n').entries()) {
			const pieces = this.#rows[row + index];
			pieces?.push({column, line: transformers.reduce((changed, transform) => transform(changed, index), line)});
		}
	}

	/** Not needed, since the screen cuts its lines itself. */
	clip(): void {}

	unclip(): void {}

	/** All rows, separated by line feeds. */
	get(): {readonly output: string; readonly height: number} {
		return {output: this.#rows.map(rowOf).join('\n'), height: this.#rows.length};
	}
}

const rowOf = (pieces: readonly Piece[]): string => {
	const [first] = pieces;
	if (first === undefined) {
		return '';
	}
	return pieces.length === 1 ? ' '.repeat(first.column) + first.line : textOf(cellsOf(pieces));
};

const cellsOf = (pieces: readonly Piece[]): readonly Cell[] => {
	const cells: Cell[] = [];
	for (const {column, line} of pieces) {
		const added = parseCells(line);
		while (cells.length < column) {
			cells.push(blankCell);
		}
		blankHalf(cells, column);
		blankHalf(cells, column + added.length);
		cells.splice(column, added.length, ...added);
	}
	return cells;
};

/** Replaces a wide character that is partly covered by blanks. */
const blankHalf = (cells: Cell[], column: number): void => {
	if (cells[column]?.text !== '') {
		return;
	}
	let start = column;
	while (cells[start]?.text === '') {
		start--;
	}
	let end = column;
	while (cells[end]?.text === '') {
		end++;
	}
	cells.fill(blankCell, start, end);
};

const textOf = (cells: readonly Cell[]): string => {
	let text = '';
	let style: Style = '';
	for (const cell of cells) {
		if (cell.text !== '') {
			text += styleChange(style, cell.style) + cell.text;
			style = cell.style;
		}
	}
	return text + styleChange(style, '');
};
