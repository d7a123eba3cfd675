import {columnsOf} from '../../text/columns-of.js';
import {fitting} from '../../text/sanitize.js';
import {cut} from './cut.js';
import {type Line, type Span, space} from './line.js';

/** Breaks between words, but never between a number and its unit: `39.8 %`, `50.0 k`, `12 min`, `3 times`. */
const betweenWords = /(?<!\d)\s+|\s+(?!(?:%|[kMBT]|s|m|min|h|d|times)(?!\w))/;

/** Splits a word into pieces of at most `columns`. */
const pieces = (word: string, columns: number): readonly string[] => {
	const found: string[] = [];
	let rest = word;
	for (;;) {
		const piece = fitting(rest, columns);
		if (piece === rest) {
			return [...found, rest];
		}
		if (piece === '') {
			return found;
		}
		found.push(piece);
		rest = rest.slice(piece.length);
	}
};

/** Appends a word after a space, to the last span if it has the same token. */
const withWord = (row: readonly Span[], word: Span): readonly Span[] => {
	const last = row.at(-1);
	if (!last) {
		return [word];
	}
	return last.token === word.token
		? [...row.slice(0, -1), {...last, text: `${last.text} ${word.text}`}]
		: [...row, {...word, text: ` ${word.text}`}];
};

/** The first `rows` lines; if there are more, the last one ends in an ellipsis. */
export const clipped = (lines: readonly Line[], rows: number, columns: number): readonly Line[] => {
	const [last = [], next = []] = lines.slice(Math.max(0, rows - 1));
	return lines.length <= rows || rows <= 0
		? lines.slice(0, Math.max(0, rows))
		: [...lines.slice(0, rows - 1), cut([...last, ...space(1), ...next, ...space(columns)], columns)];
};

/**
 * Breaks text of several looks into rows, between words and never within a figure.
 * @param columns the width of each row; the first may be another than the rest
 */
export const flow = (text: Line, columns: number, firstColumns = columns): readonly Line[] => {
	const rows: Line[] = [];
	let row: Line = [];
	let width = 0;
	const room = () => (rows.length === 0 ? firstColumns : columns);
	for (const span of text) {
		for (const word of span.text.split(betweenWords).filter(Boolean)) {
			for (const piece of pieces(word, Math.min(columns, firstColumns))) {
				const added = columnsOf(piece);
				if (row.length > 0 && width + 1 + added > room()) {
					rows.push(row);
					row = [];
					width = 0;
				}
				width += (row.length > 0 ? 1 : 0) + added;
				row = withWord(row, {...span, text: piece});
			}
		}
	}
	return row.length > 0 ? [...rows, row] : rows;
};
