import {columnsOf} from '../../text/columns-of.js';
import {type Line, space, styledAs, widthOf} from '../text/line.js';
import type {Token} from '../theme.js';

/** A label for one bar. */
export type BarLabel = {
	/** Index of the bar, from the left. */
	readonly bar: number;
	/** Wordings that start below the bar, longest first. */
	readonly texts: readonly string[];
	/** The longest wording in reverse order, for a label that ends below the bar. */
	readonly mirrored: string;
	readonly token: Token;
};

/** One row of labels below their bars. A label that has no room between its neighbours is shortened or dropped. */
export const barLabelRow = (labels: readonly BarLabel[], pitch: number, columns: number): Line => {
	let line: Line = [];
	let used = 0;
	for (const [index, {bar, texts, mirrored, token}] of labels.entries()) {
		const start = bar * pitch + 1;
		const next = labels[index + 1];
		const room = (next ? next.bar * pitch : columns) - start;
		const text = texts.find(candidate => columnsOf(candidate) <= room) ?? '';
		const mirroredAt = start + 1 - columnsOf(mirrored);
		const isMirrored = text !== texts[0] && mirroredAt > used;
		const [shown, at] = isMirrored ? [mirrored, mirroredAt] : [text, start];
		if (shown !== '' && at >= used) {
			line = [...line, ...space(at - used), ...styledAs(token, shown)];
			used = widthOf(line);
		}
	}
	return line;
};
