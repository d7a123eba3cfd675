import {columnsOf} from './columns-of.js';
import {graphemesOf} from './graphemes.js';
import {fitting} from './sanitize.js';

/** The longest end of a text, in whole graphemes, that fits `columns`. */
const fittingEnd = (text: string, columns: number): string => {
	const parts = [...graphemesOf(text)].reverse();
	let width = 0;
	let start = text.length;
	for (const {segment, index} of parts) {
		width += columnsOf(segment);
		if (width > columns) {
			break;
		}
		start = index;
	}
	return text.slice(start);
};

/** Cuts sanitized text to at most `columns`, keeping both ends: paths differ at the end, ids at the beginning. */
export const cutMiddle = (text: string, columns: number, ascii = false): string => {
	if (columnsOf(text) <= columns) {
		return text;
	}
	const mark = ascii ? '...' : '…';
	const room = Math.max(0, columns - mark.length);
	const beginning = fitting(text, Math.ceil(room / 2));
	return `${beginning}${mark}${fittingEnd(text, room - columnsOf(beginning))}`;
};
