import type {Mark} from '../../metrics/marks.js';
import type {Window} from '../../metrics/windows/window.js';
import {columnsOf} from '../../text/columns-of.js';
import {sanitize} from '../../text/sanitize.js';
import {cutText} from '../text/cut.js';

/** With fewer columns of room the name of a mark is left out rather than cut. */
const leastName = 8;

/** One row below a chart: a sign where each mark stands, and as much of its name as fits before the next. */
export const markRow = (marks: readonly Mark[], {from, to}: Window, columns: number, unicode: boolean): string => {
	const sign = unicode ? '▲' : '^';
	const columnOf = ({time}: Mark) =>
		Math.min(columns - 1, Math.floor(((time - from) / Math.max(1, to - from)) * columns));
	let row = '';
	for (const [index, mark] of marks.entries()) {
		const next = marks[index + 1];
		const start = columnOf(mark);
		const end = next ? columnOf(next) : columns;
		if (end <= start) {
			// Several in one column: the last stands for them.
			continue;
		}
		const room = end - start - 2;
		const whole = sanitize(mark.name, {ascii: !unicode});
		// Of a name that does not fit, a few letters tell nothing: its version does, if it has one.
		const version = /\S*\d\S*$/.exec(whole)?.[0];
		const name =
			[whole, ...(version === undefined ? [] : [version])].find(text => columnsOf(text) <= room) ??
			(room >= leastName ? cutText(whole, room) : '');
		row = `${row}${' '.repeat(Math.max(0, start - columnsOf(row)))}${sign}${name}`;
	}
	return row;
};
