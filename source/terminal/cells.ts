import {graphemesOf} from '../text/graphemes.js';
import {isNarrow} from '../text/narrow.js';
import {glyphOf} from './glyph.js';
import {applySgr, blankStyle, type Style} from './style.js';

/** One column of the terminal. After a wide character, the further columns that it occupies have an empty text. */
export type Cell = {
	readonly text: string;
	readonly style: Style;
};

/** An untouched column. */
export const blankCell: Cell = {text: ' ', style: ''};

/**
 * SGR (captured), other control sequences, control strings (titles, hyperlinks), charset switches and single controls;
 * ECMA-48 5.4, 5.6 and 8.3, in 7- and 8-bit form. A string also ends where another begins, so that an unterminated one
 * is scanned only once.
 */
const controls =
	/\u001B\[([\d;:]*)m|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u0090\u0098\u009C-\u009F]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]+[0-~]|[\u0000-\u001F\u007F-\u009F]/g;
const mark = /^\p{Mark}/u;
const longestCell = 16;

const addMark = (cells: Cell[], text: string) => {
	let owner = cells.length - 1;
	while (cells[owner]?.text === '') {
		owner--;
	}
	const cell = cells[owner];
	if (cell !== undefined && cell.text.length + text.length <= longestCell) {
		cells[owner] = {...cell, text: cell.text + text};
	}
};

const addSegment = (cells: Cell[], segment: string, style: Style) => {
	const {text, width, padding} = glyphOf(segment);
	if (width === 0) {
		if (mark.test(text)) {
			addMark(cells, text);
		}
		return;
	}
	const letters = width === text.length && padding === 0 && isNarrow(text);
	for (const part of letters ? text : [text]) {
		cells.push({text: part, style});
	}
	for (let column = letters ? width : 1; column < width; column++) {
		cells.push(column < width - padding ? {text: '', style} : {text: ' ', style: blankStyle(style)});
	}
};

const addText = (cells: Cell[], text: string, style: Style) => {
	if (isNarrow(text)) {
		const blank = {text: ' ', style: blankStyle(style)};
		for (const character of text) {
			cells.push(character === ' ' ? blank : {text: character, style});
		}
		return;
	}
	for (const {segment} of graphemesOf(text)) {
		addSegment(cells, segment, segment === ' ' ? blankStyle(style) : style);
	}
};

/**
 * The cells of a line with SGR sequences, one per column. Control characters are dropped without a trace, because Ink's
 * layout counts them as zero columns.
 */
export const parseCells = (line: string): readonly Cell[] => {
	const cells: Cell[] = [];
	let style: Style = '';
	let at = 0;
	for (const match of line.matchAll(controls)) {
		addText(cells, line.slice(at, match.index), style);
		at = match.index + match[0].length;
		if (match[1] !== undefined) {
			style = applySgr(style, match[1]);
		}
	}
	addText(cells, line.slice(at), style);
	return cells;
};

/** The cells of a line, cropped to `columns`; a wide character that would be cut becomes a space. */
export const cropCells = (cells: readonly Cell[], columns: number): readonly Cell[] => {
	if (cells.length <= columns) {
		return cells;
	}
	const kept = cells.slice(0, columns);
	if (cells[columns]?.text === '') {
		let at = columns - 1;
		for (; kept[at]?.text === ''; at--) {
			kept[at] = blankCell;
		}
		kept[at] = blankCell;
	}
	return kept;
};
