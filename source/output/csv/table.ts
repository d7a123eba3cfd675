import {sanitize} from '../../text/sanitize.js';

/** What a cell holds; n/a is empty. */
type Cell = string | number | null | undefined;

/** Spreadsheets treat text that starts with one of these (after optional blanks) as a formula. */
const formula = /^\s*[=+\-@\t\r＝＋－＠]/;

/** Numbers stay numbers, n/a is empty, and text is sanitized and never a formula. */
const cellText = (cell: Cell): string => {
	if (cell === undefined || cell === null) {
		return '';
	}
	if (typeof cell === 'number') {
		return String(cell);
	}
	const clean = sanitize(cell);
	const text = formula.test(cell) || formula.test(clean) ? `'${clean}` : clean;
	return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of RFC 4180, with its CRLF. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

/** A column of a table: its name, and its cell in a row. */
export type Column<Row> = readonly [name: string, cell: (row: Row, zone: string) => Cell];
