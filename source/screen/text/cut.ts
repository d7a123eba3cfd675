import {columnsOf} from '../../text/columns-of.js';
import {graphemesOf} from '../../text/graphemes.js';
import {fitting} from '../../text/sanitize.js';
import {type Line, padEnd, widthOf} from './line.js';

/** What belongs to a number: cutting there would show another number. */
const numberEnd = /[-+$\d][\d.,]*$/;

/** Text of at most `columns`; what is cut off leaves an ellipsis, and a number is left out rather than halved. */
export const cutText = (text: string, columns: number): string => {
	if (columnsOf(text) <= columns) {
		return text;
	}
	// Whether a number went on cannot be seen once an ellipsis follows it.
	const whole = fitting(text, columns - 1)
		.trimEnd()
		.replace(numberEnd, '');
	return columns > 0 ? `${whole.trimEnd()}…` : '';
};

/** A path or name of at most `columns` that keeps its end, which tells more than its beginning. */
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

/** A line of at most `columns`, its last part cut. */
export const cut = (line: Line, columns: number): Line => {
	if (widthOf(line) <= columns) {
		return line;
	}
	const kept: Line[number][] = [];
	let left = columns;
	for (const [index, span] of line.entries()) {
		const width = columnsOf(span.text);
		const isLast = index === line.length - 1;
		// The ellipsis needs a column of its own where something follows.
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
