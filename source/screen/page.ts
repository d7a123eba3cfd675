import {isEmptyFilter} from '../metrics/filter.js';
import type {PriceList} from '../metrics/pricing.js';
import type {Snapshot} from '../monitor.js';
import type {KeyState} from './keymap.js';
import {contentColumns, contentRows, leastColumns, leastRows, type Place, planPage} from './layout.js';
import {locate, type Position} from './lists/cursor.js';
import type {Listing, Opened} from './lists/listing.js';
import {lists} from './lists/lists.js';
import type {Location} from './location.js';
import {empty} from './panes/empty.js';
import {filterLine} from './panes/filter-line.js';
import {footer, messageLine} from './panes/footer.js';
import {framed} from './panes/frame.js';
import {header} from './panes/header.js';
import {helpLines} from './panes/help.js';
import {itemRows, listPane} from './panes/list.js';
import {needsOf, panes} from './panes/panes.js';
import {scrollOf} from './panes/recommendations.js';
import {hasTabRow, tabRow} from './panes/tab-row.js';
import {tooSmall} from './panes/too-small.js';
import {type Message, messageText} from './presentation/message.js';
import {isPast} from './presentation/window-words.js';
import {worstThread} from './report-index.js';
import {type ListName, tabTitle} from './tabs.js';
import type {Line} from './text/line.js';
import {threadPage} from './thread/thread-page.js';

/** What a page shows beside the snapshot. */
export type PageOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly unicode: boolean;
	readonly timeZone: string;
	readonly title: string;
	readonly waiting: number | undefined;
	readonly location: Location;
	/** The filter while it is being typed. */
	readonly typed: string | undefined;
	/** Without them requests have no costs and models no source of their prices. */
	readonly prices: PriceList | undefined;
	readonly helpOpen: boolean;
	/** How far the help is scrolled while it is open, else the dashboard. */
	readonly scrolled: number;
	readonly hasDemo: boolean;
	readonly message: Message | undefined;
};

/** Lines at a place on the screen. */
export type Placed = {
	readonly name: string;
	readonly column: number;
	readonly row: number;
	readonly lines: readonly Line[];
};

/** How far a page can be scrolled; in its own steps, lines or items. */
export type Scroll = {readonly most: number; readonly page: number};

/** The list on a page and what part of it is seen. */
export type ShownList = {readonly listing: Listing; readonly position: Position};

export type Page = {
	readonly parts: readonly Placed[];
	readonly scroll: Scroll;
	/** Where there is one, keys move in it instead of scrolling. */
	readonly list: ShownList | undefined;
	/** What Enter opens. */
	readonly opens: Opened | undefined;
	readonly keys: KeyState;
};

/** What stands between header and footer; rows count from the first one below the header. */
type Body = Pick<Page, 'parts' | 'scroll'> & Partial<Pick<Page, 'list' | 'opens'>>;

const still: Scroll = {most: 0, page: 1};
const widestHelp = 88;
const leastForBox = 60;
const leastForListBox = {columns: 100, rows: 20} as const;

/** @param rows of the body, as everywhere below */
const help = (snapshot: Snapshot, {columns, rows, scrolled, hasDemo}: PageOptions): Body => {
	const frame = columns >= leastForBox ? 'box' : 'rule';
	const width = frame === 'box' ? Math.min(columns - 2, widestHelp) : columns;
	const lines = helpLines(snapshot, {hasDemo}, contentColumns({columns: width, frame}));
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
				name: 'help',
				column: place.column,
				row: place.row,
				lines: framed({title: 'Help', aside}, lines.slice(first, first + room), place),
			},
		],
		scroll: {most, page: Math.max(1, room - 1)},
	};
};

const dashboard = (snapshot: Snapshot, {columns, rows, unicode, timeZone, scrolled}: PageOptions): Body => {
	// The layout counts header and footer.
	const plan = planPage({columns, rows: rows + 2, needs: needsOf(snapshot)});
	if (plan.kind === 'too-small') {
		return {parts: [], scroll: still};
	}
	const scrolling = plan.places.find(({pane}) => pane === 'recommendations');
	const scroll = scrolling
		? scrollOf(snapshot, {
				columns: contentColumns(scrolling),
				rows: contentRows(scrolling),
				dense: plan.dense,
				scrolled,
			})
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
	const place = {columns, rows, frame: isBoxed ? 'box' : 'rule'} as const;
	const listing = lists[tab](snapshot, {...options, sort: location.sort});
	const position = locate(location.cursors[tab], {
		count: listing.count,
		rows: itemRows(place),
		indexOf: listing.indexOf,
	});
	return {
		parts: [{name: tab, column: 0, row: 0, lines: listPane(listing, position, place)}],
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

const bodyOf = (snapshot: Snapshot, options: PageOptions): Body => {
	if (options.helpOpen) {
		return help(snapshot, options);
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

const tooSmallPage = ({columns, rows}: PageOptions): Body => ({
	parts: [{name: 'too-small', column: 0, row: 0, lines: tooSmall(columns, rows)}],
	scroll: still,
});

const lastLine = ({report}: Snapshot, {typed, message, columns}: PageOptions, keys: KeyState): Line => {
	if (typed !== undefined) {
		return filterLine(typed, report, columns);
	}
	return message ? messageLine(messageText(message, columns - 2), columns) : footer(keys, columns);
};

/** Everything on the screen, and what keys can do with it: a pure function of a snapshot and what was chosen. */
export const pageOf = (snapshot: Snapshot, options: PageOptions): Page => {
	const {columns, rows, waiting, helpOpen, hasDemo, typed, location} = options;
	const isTooSmall = columns < leastColumns || rows < leastRows;
	const tabs = hasTabRow(columns, rows);
	const top = tabs ? 2 : 1;
	const {parts, scroll, list, opens}: Body = isTooSmall
		? tooSmallPage(options)
		: bodyOf(snapshot, {...options, rows: rows - top - 1});
	const keys: KeyState = {
		helpOpen,
		typing: typed !== undefined,
		scrolls: scroll.most > 0 || (list !== undefined && list.listing.count > 1),
		selects: list !== undefined,
		opens: opens !== undefined,
		inThread: location.thread !== undefined,
		sorts: location.tab === 'threads' && location.thread === undefined,
		filtered: !isEmptyFilter({text: snapshot.report.filter.text}),
		inPast: isPast(snapshot.view),
		hasLength: snapshot.view.choice.kind !== 'all',
		hasData: snapshot.report.summary.basis !== undefined,
		hasDemo,
		paused: waiting !== undefined,
	};
	const page = {scroll, list, opens, keys};
	if (isTooSmall) {
		return {...page, parts};
	}
	const isPlain = location.tab === 'dashboard' && columns < leastForBox;
	const named = tabs || isPlain ? undefined : tabTitle(location.tab);
	return {
		...page,
		parts: [
			{name: 'header', column: 0, row: 0, lines: [header(snapshot, {...options, page: named})]},
			...(tabs ? [{name: 'tabs', column: 0, row: 1, lines: [tabRow(location.tab, columns)]}] : []),
			...parts.map(part => ({...part, row: part.row + top})),
			{name: 'footer', column: 0, row: rows - 1, lines: [lastLine(snapshot, options, keys)]},
		],
	};
};
