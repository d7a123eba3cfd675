import type {Snapshot} from '../../monitor/snapshot.js';
import {contentColumns, contentRows, type Place, planPage} from '../dashboard/layout.js';
import {needsOf, panes} from '../dashboard/panes.js';
import {firstShown} from '../dashboard/recommendations.js';
import {locate, type Position} from '../lists/list-cursor.js';
import {lists} from '../lists/lists.js';
import type {PageOptions} from '../page-options.js';
import {type Body, still} from '../page-parts.js';
import {empty} from '../panes/empty.js';
import {framed} from '../panes/frame.js';
import {detailPane, itemRows, listPane, rowsAboveItems} from '../panes/list.js';
import {worstThread} from '../report/report-index.js';
import type {Location} from '../state/location.js';
import {type ListName, tabTitle} from '../tabs.js';
import {rowTargets, type Target} from '../targets.js';
import {threadPage} from '../thread/thread-page.js';
import {cover} from './cover.js';

const leastForListBox = {columns: 100, rows: 20} as const;
/** Rows of a page from which the selected row is told in full below its list, the rows that this takes, and more where there is room. */
const leastForDetail = 18;
const detailRows = {box: 7, rule: 6} as const;
const leastForMoreDetail = 34;
const moreDetailRows = 2;
/** Most rows that the details get of those that a short list leaves empty. */
const mostSpareRows = 4;

const dashboard = (snapshot: Snapshot, options: PageOptions): Body => {
	const {columns, rows, unicode, timeZone, location, rateLine, hasKeys} = options;
	const advice = snapshot.report.recommendations.length;
	const selected = Math.min(location.advice, advice);
	// The layout counts header and footer.
	const plan = planPage({columns, rows: rows + 2, needs: needsOf(snapshot)});
	if (plan.kind === 'too-small') {
		return {parts: [], scroll: still};
	}
	const parts = plan.places.map(place => {
		const drawing = {
			columns: contentColumns(place),
			rows: contentRows(place),
			dense: plan.dense,
			unicode,
			timeZone,
			selected,
			rateLine,
			keys: hasKeys,
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
	return {
		parts,
		scroll: still,
		advice,
		targets: adviceTargets(plan.places, advice, selected),
		opens: selected > 0 ? {advice: selected - 1} : worst && {thread: worst.name, request: undefined},
	};
};

/** The rows of the advice. */
const adviceTargets = (places: readonly Place[], count: number, selected: number): readonly Target[] =>
	places
		.filter(({pane}) => pane === 'recommendations')
		.flatMap(place => {
			const rows = contentRows(place);
			const first = firstShown(count, rows, selected);
			// A place counts the header's row, and its first row is the title.
			return rowTargets({...place, count: Math.min(rows, count - first)}, offset => ({
				kind: 'advice',
				index: first + offset + 1,
			}));
		});

/** The rows of a list whose frame begins at a row of the page. */
const listTargets = (position: Position, row: number, columns: number): readonly Target[] =>
	rowTargets(
		{column: 0, row: row + rowsAboveItems, columns, count: Math.min(position.rows, position.count - position.first)},
		offset => ({kind: 'item', index: position.first + offset}),
	);

const listPage = (snapshot: Snapshot, tab: ListName, options: PageOptions): Body => {
	const {columns, rows, location} = options;
	const isBoxed = columns >= leastForListBox.columns && rows >= leastForListBox.rows;
	const frame = isBoxed ? 'box' : 'rule';
	const more = rows >= leastForMoreDetail ? moreDetailRows : 0;
	const least = rows >= leastForDetail ? detailRows[frame] + more : 0;
	const listing = lists[tab](snapshot, {...options, order: location.orders[tab]});
	const spare = itemRows({rows: rows - least, frame}) - listing.count;
	const below = least === 0 ? 0 : least + Math.max(0, Math.min(mostSpareRows, spare));
	const place = {columns, rows: rows - below, frame} as const;
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
		targets: listTargets(position, 0, columns),
		opens: listing.opens(position.selected),
	};
};

const openThread = (
	snapshot: Snapshot,
	{name, cursor}: NonNullable<Location['thread']>,
	options: PageOptions,
): Body => {
	const from = tabTitle(options.location.tab);
	const {lines, list, listRow} = threadPage(snapshot, {...options, thread: name, cursor, from});
	return {
		parts: [{name: 'thread', column: 0, row: 0, lines}],
		scroll: still,
		list,
		opens: list?.listing.opens(list.position.selected),
		targets: list ? listTargets(list.position, listRow, options.columns) : [],
	};
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
