import {contentColumns, contentRows, type Place} from '../dashboard/layout.js';
import type {PaneTitle} from '../dashboard/pane.js';
import {fitted} from '../text/cut.js';
import {type Line, muted, space, styledAs, widthOf} from '../text/line.js';

/** `─ Overview ───────── aside ─` between two corners, or without them. */
const titleLine = ({title, aside}: PaneTitle, columns: number, corners: readonly [string, string]): Line => {
	const [left, right] = corners;
	const head: Line = [...styledAs('frame', `${left}─ `), ...styledAs('text.title', title), ...styledAs('frame', ' ')];
	const tail = styledAs('frame', `─${right}`);
	const between = columns - widthOf(head) - widthOf(tail);
	if (between < 0) {
		return fitted(head, columns);
	}
	const note: Line = aside
		? [...styledAs('frame', ' '), ...(typeof aside === 'string' ? muted(aside) : aside), ...styledAs('frame', ' ')]
		: [];
	const rule = between - widthOf(note);
	return rule >= 1
		? [...head, ...styledAs('frame', '─'.repeat(rule)), ...note, ...tail]
		: [...head, ...styledAs('frame', '─'.repeat(between)), ...tail];
};

/** A pane with its frame: exactly as many lines and columns as its place has. */
export const framed = (
	title: PaneTitle,
	lines: readonly Line[],
	place: Pick<Place, 'frame' | 'columns' | 'rows'>,
): readonly Line[] => {
	const columns = contentColumns(place);
	const content = Array.from({length: contentRows(place)}, (_, row) => fitted(lines[row] ?? [], columns));
	if (place.frame === 'none') {
		return content.map(line => [...space(1), ...line, ...space(1)]);
	}
	if (place.frame === 'rule') {
		return [titleLine(title, place.columns, ['', '']), ...content.map(line => [...space(1), ...line, ...space(1)])];
	}
	return [
		titleLine(title, place.columns, ['╭', '╮']),
		...content.map(line => [...styledAs('frame', '│ '), ...line, ...styledAs('frame', ' │')]),
		styledAs('frame', `╰${'─'.repeat(place.columns - 2)}╯`),
	];
};
