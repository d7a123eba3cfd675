import {blankCell, type Cell, parseCells} from './cells.js';
import {type Style, styleChange} from './style.js';

/** What a line on the screen is made of: its text and the column where it begins. */
type Piece = {readonly column: number; readonly line: string};

/** Of Ink: what becomes of a line of a block, by its number. */
type Transformer = (line: string, index: number) => string;

/**
 * Takes the place of Ink's output in the bundle (`.scripts/build.js`): puts lines where they belong, later ones over
 * earlier ones. A row that holds one line is that line; only where several lie in a row are their characters looked at.
 */
export class InkOutput {
	readonly #rows: Piece[][];

	constructor({height}: {readonly height: number}) {
		this.#rows = Array.from({length: height}, () => []);
	}

	/** Puts the lines of a text, the first of them at a place; those below the last row are not shown. */
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

	/** The screen cuts its lines itself. */
	clip(): void {}

	unclip(): void {}

	/** All rows, separated by `\n`. */
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

/** A wide character that reaches over a column, where another begins, is no longer whole: blanks take its place. */
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
