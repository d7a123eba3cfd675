import {columnsOf} from '../../text/columns-of.js';
import {graphemesOf} from '../../text/graphemes.js';
import {fitting} from '../../text/sanitize.js';
import {type Line, padEnd, widthOf} from './line.js';

/** Characters of a number at the end of a cut text: a number without its last digits is another number. */
const numberEnd = /[-+$\d][\d.,]*$/;

/** Text of at most `columns`. A cut is marked by an ellipsis; a number is dropped rather than cut in half. */
export const cutText = (text: string, columns: number): string => {
	if (columnsOf(text) <= columns) {
		return text;
	}
	// After an ellipsis nobody can see whether the number was complete.
	const whole = fitting(text, columns - 1)
		.trimEnd()
		.replace(numberEnd, '');
	return columns > 0 ? `${whole.trimEnd()}…` : '';
};

/** A path or name of at most `columns`, cut at its beginning: the end says more. */
export const cutStart = (text: string, columns: number): string => {
	if (columnsOf(text) <= columns) {
		return text;
	}
	const kept: string[] = [];
	let width = 0;
	for (const segment of Array.from(graphemesOf(text), grapheme => grapheme.segment).reverse()) {
		width += columnsOf(segment);
		if (width > columns - 1) {
			break;
		}
		kept.push(segment);
	}
	return columns > 0 ? `…${kept.reverse().join('')}` : '';
};

/** A line of at most `columns`, cut at its end. */
export const cut = (line: Line, columns: number): Line => {
	if (widthOf(line) <= columns) {
		return line;
	}
	const kept: Line[number][] = [];
	let left = columns;
	for (const [index, span] of line.entries()) {
		const width = columnsOf(span.text);
		const isLast = index === line.length - 1;
		// If more text follows, the ellipsis needs a column of its own.
		if (width < left || (width === left && isLast)) {
			kept.push(span);
			left -= width;
			continue;
		}
		kept.push({...span, text: width === left ? cutText(`${span.text} `, left) : cutText(span.text, left)});
		break;
	}
	return kept;
};

/** A line of exactly `columns`. */
export const fitted = (line: Line, columns: number): Line => padEnd(cut(line, columns), columns);
