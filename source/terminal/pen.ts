import type {Cell} from './cells.js';
import {isSteady} from './glyph.js';
import {moveCursor, type Position} from './move-cursor.js';
import {type Style, styleChange} from './style.js';

/** Collects the bytes of a frame and tracks the cursor's position and style. */
export class Pen {
	readonly #columns: number;
	#output = '';
	/** Unknown at first, because other output may have moved the cursor. */
	#position: Position | undefined;
	#style: Style = '';

	/** @param columns width of the screen */
	constructor(columns: number) {
		this.#columns = columns;
	}

	/** The collected bytes, followed by a reset to the default style. */
	finish(): string {
		this.#changeStyle('');
		return this.#output;
	}

	moveTo(row: number, column: number): void {
		this.#output += moveCursor(this.#position, row, column);
		this.#position = {row, column};
	}

	/**
	 * Compares the bytes for reaching a cell of the same row by moving, and by redrawing the unchanged cells between.
	 * @returns true if drawing is shorter
	 */
	canDrawThrough(row: number, column: number, between: readonly Cell[], target: Style): boolean {
		if (this.#position?.column === undefined || this.#position.row !== row) {
			return false;
		}
		const moving = moveCursor(this.#position, row, column).length + styleChange(this.#style, target).length;
		let drawing = 0;
		let style = this.#style;
		for (const cell of between) {
			if (cell.text !== '' && !isSteady(cell.text)) {
				return false;
			}
			drawing += styleChange(style, cell.style).length + Buffer.byteLength(cell.text);
			style = cell.style;
			if (drawing > moving) {
				return false;
			}
		}
		return drawing + styleChange(style, target).length <= moving;
	}

	/** Draws a cell at the cursor, including the empty cells after a wide character. */
	put(row: number, column: number, cell: Cell, width: number): void {
		this.#changeStyle(cell.style);
		this.moveTo(row, column);
		if (isSteady(cell.text)) {
			this.#output += cell.text;
			this.#position = {row, column: this.#columnAfter(column + width)};
			return;
		}
		if (width > 1) {
			// A terminal that considers the character narrow would leave an old one next to it.
			this.#output += ' '.repeat(width);
			this.#position = {row, column: this.#columnAfter(column + width)};
			this.moveTo(row, column);
		}
		this.#output += cell.text;
		this.#position = {row, column: undefined};
	}

	/** Clears from a position to the end of the row. */
	eraseRight(row: number, column: number): void {
		// Terminals erase with the current background.
		this.#changeStyle('');
		this.moveTo(row, column);
		this.#output += '\u001B[K';
	}

	/** After the last column, the cursor's position depends on the terminal. */
	#columnAfter(column: number): number | undefined {
		return column < this.#columns ? column : undefined;
	}

	#changeStyle(style: Style): void {
		this.#output += styleChange(this.#style, style);
		this.#style = style;
	}
}
