import type {Mark} from '../../metrics/marks.js';
import type {Window} from '../../metrics/windows/window.js';
import {columnsOf} from '../../text/columns-of.js';
import {sanitize} from '../../text/sanitize.js';
import {cutText} from '../text/cut.js';

/** With less room, in columns, the name of a mark is dropped rather than cut. */
const leastName = 8;

/** One row below a chart: a sign at the time of each mark, and as much of its name as fits before the next. */
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
			// Of several marks in one column, the last is shown.
			continue;
		}
		const room = end - start - 2;
		const whole = sanitize(mark.name, {ascii: !unicode});
		// The first letters of a cut name are meaningless, but a version at its end is not.
		const version = /\S*\d\S*$/.exec(whole)?.[0];
		const name =
			[whole, ...(version === undefined ? [] : [version])].find(text => columnsOf(text) <= room) ??
			(room >= leastName ? cutText(whole, room) : '');
		row = `${row}${' '.repeat(Math.max(0, start - columnsOf(row)))}${sign}${name}`;
	}
	return row;
};
