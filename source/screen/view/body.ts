import type {Snapshot} from '../../monitor/monitor.js';
import {contentColumns, contentRows, planPage} from '../dashboard/layout.js';
import {needsOf, panes} from '../dashboard/panes.js';
import {scrollOf} from '../dashboard/recommendations.js';
import {locate} from '../lists/cursor.js';
import {lists} from '../lists/lists.js';
import type {Page, PageOptions, Scroll} from '../page.js';
import {empty} from '../panes/empty.js';
import {framed} from '../panes/frame.js';
import {detailPane, itemRows, listPane} from '../panes/list.js';
import {worstThread} from '../report/report-index.js';
import type {Location} from '../state/location.js';
import {type ListName, tabTitle} from '../tabs.js';
import {threadPage} from '../thread/thread-page.js';
import {cover} from './cover.js';

/** What stands between header and footer; rows count from the first one below the header. */
export type Body = Pick<Page, 'parts' | 'scroll'> & Partial<Pick<Page, 'list' | 'opens'>>;

/** Nothing to scroll. */
export const still: Scroll = {most: 0, page: 1, sections: []};
const leastForListBox = {columns: 100, rows: 20} as const;
/** Rows of a page from which the selected row is told in full below its list, and the rows that this takes. */
const leastForDetail = 18;
const detailRows = {box: 6, rule: 5} as const;

const dashboard = (snapshot: Snapshot, {columns, rows, unicode, timeZone, scrolled}: PageOptions): Body => {
	// The layout counts header and footer.
	const plan = planPage({columns, rows: rows + 2, needs: needsOf(snapshot)});
	if (plan.kind === 'too-small') {
		return {parts: [], scroll: still};
	}
	const scrolling = plan.places.find(({pane}) => pane === 'recommendations');
	const scroll = scrolling
		? {
				sections: [],
				...scrollOf(snapshot, {
					columns: contentColumns(scrolling),
					rows: contentRows(scrolling),
					dense: plan.dense,
					scrolled,
				}),
			}
		: still;
	const parts = plan.places.map(place => {
		const drawing = {
			columns: contentColumns(place),
			rows: contentRows(place),
			dense: plan.dense,
			unicode,
			timeZone,
			scrolled: Math.min(scrolled, scroll.most),
		};
		const pane = panes[place.pane];
		return {
			name: place.pane,
			column: place.column,
			row: place.row - 1,
			lines: framed(pane.title(snapshot, drawing), pane.draw(snapshot, drawing), place),
		};
	});
	const worst = worstThread(snapshot.report);
	return {parts, scroll, opens: worst && {thread: worst.name, request: undefined}};
};

const listPage = (snapshot: Snapshot, tab: ListName, options: PageOptions): Body => {
	const {columns, rows, location} = options;
	const isBoxed = columns >= leastForListBox.columns && rows >= leastForListBox.rows;
	const frame = isBoxed ? 'box' : 'rule';
	const below = rows >= leastForDetail ? detailRows[frame] : 0;
	const place = {columns, rows: rows - below, frame} as const;
	const listing = lists[tab](snapshot, {...options, order: location.orders[tab]});
	const position = locate(location.cursors[tab], {
		count: listing.count,
		rows: itemRows(place),
		indexOf: listing.indexOf,
	});
	return {
		parts: [
			{name: tab, column: 0, row: 0, lines: listPane(listing, position, place)},
			...(below > 0 && listing.count > 0
				? [
						{
							name: 'detail',
							column: 0,
							row: place.rows,
							lines: detailPane(listing, position, {...place, rows: below}),
						},
					]
				: []),
		],
		scroll: still,
		list: {listing, position},
		opens: listing.opens(position.selected),
	};
};

const openThread = (
	snapshot: Snapshot,
	{name, cursor}: NonNullable<Location['thread']>,
	options: PageOptions,
): Body => {
	const from = tabTitle(options.location.tab);
	const {lines, list} = threadPage(snapshot, {...options, thread: name, cursor, from});
	return {parts: [{name: 'thread', column: 0, row: 0, lines}], scroll: still, list};
};

/** @param options its rows are those of the body, as everywhere here */
export const bodyOf = (snapshot: Snapshot, options: PageOptions): Body => {
	if (options.cover) {
		return cover(snapshot, options.cover, options);
	}
	if (snapshot.report.summary.basis === undefined) {
		return {parts: [{name: 'empty', column: 0, row: 0, lines: empty(snapshot, options)}], scroll: still};
	}
	const {tab, thread} = options.location;
	if (thread) {
		return openThread(snapshot, thread, options);
	}
	return tab === 'dashboard' ? dashboard(snapshot, options) : listPage(snapshot, tab, options);
};
