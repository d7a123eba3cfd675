import {type Tab, tabs} from '../tabs.js';
import {fitted} from '../text/cut.js';
import {type Line, muted, styledAs, widthOf} from '../text/line.js';

/** On fewer rows a row of tabs costs more than it is worth; the header names the page there. */
const leastRows = 30;
const leastColumns = 70;

export const hasTabRow = (columns: number, rows: number): boolean => columns >= leastColumns && rows >= leastRows;

/** One row of exactly `columns`: a rule with the pages in it, the current one between heavy strokes. */
export const tabRow = (current: Tab, columns: number): Line => {
	const names: Line = tabs.flatMap(({id, title}) =>
		id === current
			? [...styledAs('accent', '━━ '), ...styledAs('text.title', title), ...styledAs('accent', ' ━━')]
			: [...styledAs('frame', '── '), ...muted(title), ...styledAs('frame', ' ──')],
	);
	const rule = styledAs('frame', '─'.repeat(Math.max(0, columns - widthOf(names))));
	return fitted([...names, ...rule], columns);
};
