import type {Snapshot} from '../../monitor/monitor.js';
import {contentColumns, contentRows, type Place} from '../dashboard/layout.js';
import type {Cover, PageOptions} from '../page.js';
import {framed} from '../panes/frame.js';
import {helpLines} from '../panes/help.js';
import {sourceLines} from '../panes/sources.js';
import type {Line} from '../text/line.js';
import type {Body} from './body.js';

/** What lies over a page: a title and lines, of which some begin sections. */
export type CoverText = {readonly title: string; readonly lines: readonly Line[]; readonly sections: readonly number[]};

const widest: Readonly<Record<Cover, number>> = {help: 88, sources: 120};
const leastForBox = 60;

const textOf = (snapshot: Snapshot, cover: Cover, {hasDemo}: PageOptions, columns: number): CoverText =>
	cover === 'help' ? helpLines({hasDemo}, columns) : sourceLines(snapshot, columns);

/** Lies over the page, in a box where there is room for one; what is longer than the page scrolls. */
export const cover = (snapshot: Snapshot, which: Cover, options: PageOptions): Body => {
	const {columns, rows, scrolled} = options;
	const frame = columns >= leastForBox ? 'box' : 'rule';
	const width = frame === 'box' ? Math.min(columns - 2, widest[which]) : columns;
	const {title, lines, sections} = textOf(snapshot, which, options, contentColumns({columns: width, frame}));
	const height = Math.min(rows, lines.length + (frame === 'box' ? 2 : 1));
	const place: Place = {
		pane: 'overview',
		frame,
		column: Math.floor((columns - width) / 2),
		row: Math.floor((rows - height) / 2),
		columns: width,
		rows: height,
	};
	const room = contentRows(place);
	const most = Math.max(0, lines.length - room);
	const first = Math.min(scrolled, most);
	const aside = most > 0 ? `${first + 1}–${first + room} of ${lines.length}, j k scroll` : undefined;
	return {
		parts: [
			{
				name: which,
				column: place.column,
				row: place.row,
				lines: framed({title, aside}, lines.slice(first, first + room), place),
			},
		],
		scroll: {most, page: Math.max(1, room - 1), sections},
	};
};
