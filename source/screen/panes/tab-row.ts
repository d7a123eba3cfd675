import {columnsOf} from '../../text/columns-of.js';
import {type Tab, tabs} from '../tabs.js';
import type {Target} from '../targets.js';
import {fitted} from '../text/cut.js';
import {type Line, muted, styledAs, widthOf} from '../text/line.js';

/** Minimum rows for the row of tabs; on smaller screens the header names the page. */
const leastRows = 30;
const leastColumns = 70;

/** Whether a terminal of this size has room for a row of tabs. */
export const hasTabRow = (columns: number, rows: number): boolean => columns >= leastColumns && rows >= leastRows;

/** The progress of reading, drawn as part of the rule below the tabs, so that nothing moves when reading is done. */
const ruleOf = (columns: number, shareRead: number | undefined): Line => {
	const done = Math.floor(columns * (shareRead ?? 0));
	return [...styledAs('chart', '━'.repeat(done)), ...styledAs('frame', '─'.repeat(columns - done))];
};

/** Columns around each title. */
const aroundTitle = 6;

/** The clickable cells of the tabs. */
export const tabTargets = (row: number): readonly Target[] => {
	let from = 0;
	return tabs.map(({id, title}) => {
		const to = from + columnsOf(title) + aroundTitle;
		const target: Target = {row, from, to, does: {kind: 'tab', tab: id}};
		from = to;
		return target;
	});
};

/**
 * One row of exactly `columns`: a rule with the names of the pages in it, the current one between heavy strokes.
 * @param shareRead share of the logs read so far, 0–1; undefined once all are read
 */
export const tabRow = (current: Tab, columns: number, shareRead?: number): Line => {
	const names: Line = tabs.flatMap(({id, title}) =>
		id === current
			? [...styledAs('accent', '━━ '), ...styledAs('text.title', title), ...styledAs('accent', ' ━━')]
			: [...styledAs('frame', '── '), ...muted(title), ...styledAs('frame', ' ──')],
	);
	return fitted([...names, ...ruleOf(Math.max(0, columns - widthOf(names)), shareRead)], columns);
};
