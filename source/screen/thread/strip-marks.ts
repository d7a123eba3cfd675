import {columnsOf} from '../text/columns-of.js';
import {type Line, space, styledAs, widthOf} from '../text/line.js';
import type {Token} from '../theme.js';

/** A text that belongs to one bar. */
export type Mark = {
	/** The bar, counted from the left. */
	readonly bar: number;
	/** From the fullest wording to the barest. */
	readonly texts: readonly string[];
	readonly token: Token;
};

/**
 * One row of texts, each beginning below its bar; at the right edge one may end there instead. What has no room between
 * its neighbours is left out, or said in fewer words.
 */
export const markRow = (marks: readonly Mark[], pitch: number, columns: number): Line => {
	let line: Line = [];
	let used = 0;
	for (const [index, {bar, texts, token}] of marks.entries()) {
		const start = bar * pitch + 1;
		const next = marks[index + 1];
		const end = next ? next.bar * pitch : columns;
		const fitting = texts.find(text => columnsOf(text) <= end - start);
		const [fullest = ''] = texts;
		const moved = next === undefined && fitting !== fullest ? columns - columnsOf(fullest) : -1;
		const [text, at] = moved > used ? [fullest, moved] : [fitting, start];
		if (text !== undefined && text !== '' && at >= used) {
			line = [...line, ...space(at - used), ...styledAs(token, text)];
			used = widthOf(line);
		}
	}
	return line;
};
