import type {Snapshot} from '../../monitor/snapshot.js';
import {contentColumns, contentRows, type Place} from '../dashboard/layout.js';
import {adviceLines} from '../dashboard/recommendations.js';
import type {Cover, PageOptions} from '../page-options.js';
import type {Body, CoverText} from '../page-parts.js';
import {comparisonLines} from '../panes/comparison.js';
import {framed} from '../panes/frame.js';
import {helpLines} from '../panes/help.js';
import {sourceLines} from '../panes/sources.js';
import {muted} from '../text/line.js';
import {requestSheet} from '../thread/request-sheet.js';
import {threadView} from '../thread/thread-view.js';

const widest: Readonly<Record<Cover, number>> = {help: 150, sources: 120, advice: 100, request: 100, comparison: 90};
const leastForBox = 60;

/** The request that is selected on the page of a thread. */
const selectedRequest = (snapshot: Snapshot, options: PageOptions, columns: number): CoverText => {
	const {thread} = options.location;
	const view = thread && threadView(snapshot, thread.name);
	const request = view?.requests.find(({id}) => id === thread?.cursor.key);
	return view && request
		? requestSheet(view, request, {...options, report: snapshot.report}, columns)
		: {title: 'Request', lines: [muted('It is no longer in this window.')], sections: []};
};

const textOf = (snapshot: Snapshot, cover: Cover, options: PageOptions, columns: number): CoverText => {
	switch (cover) {
		case 'help':
			return helpLines(options, columns);
		case 'sources':
			return sourceLines(snapshot, columns);
		case 'advice':
			return adviceLines(snapshot.report.recommendations, columns);
		case 'request':
			return selectedRequest(snapshot, options, columns);
		case 'comparison':
			return comparisonLines(snapshot, options, columns);
	}
};

/** Lies over the page, in a box where there is room for one; what is longer than the page scrolls. */
export const cover = (snapshot: Snapshot, which: Cover, options: PageOptions): Body => {
	const {columns, rows, scrolled} = options;
	const frame = columns >= leastForBox ? 'box' : 'rule';
	const width = frame === 'box' ? Math.min(columns - 2, widest[which]) : columns;
	const {title, lines, sections} = textOf(snapshot, which, options, contentColumns({columns: width, frame}));
	const height = Math.min(rows, lines.length + (frame === 'box' ? 2 : 1));
	const place: Place = {
		pane: 'answer',
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
