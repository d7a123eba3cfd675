import type {Snapshot} from '../monitor.js';
import type {KeyState} from './keymap.js';
import {contentColumns, contentRows, leastColumns, leastRows, type Place, planPage} from './layout.js';
import {empty} from './panes/empty.js';
import {footer, messageLine} from './panes/footer.js';
import {framed} from './panes/frame.js';
import {header} from './panes/header.js';
import {helpLines} from './panes/help.js';
import {needsOf, panes} from './panes/panes.js';
import {scrollOf} from './panes/recommendations.js';
import {tooSmall} from './panes/too-small.js';
import {type Message, messageText} from './presentation/message.js';
import {isPast} from './presentation/window-words.js';
import type {Line} from './text/line.js';

/** What a page shows beside the snapshot. */
export type PageOptions = {
	readonly columns: number;
	readonly rows: number;
	readonly unicode: boolean;
	readonly timeZone: string;
	readonly title: string;
	readonly waiting: number | undefined;
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

export type Page = {
	readonly parts: readonly Placed[];
	readonly scroll: Scroll;
	readonly keys: KeyState;
};

type Body = Pick<Page, 'parts' | 'scroll'>;

const still: Scroll = {most: 0, page: 1};
const widestHelp = 88;
const leastForBox = 60;

const help = (snapshot: Snapshot, {columns, rows, scrolled, hasDemo}: PageOptions): Body => {
	const frame = columns >= leastForBox ? 'box' : 'rule';
	const width = frame === 'box' ? Math.min(columns - 2, widestHelp) : columns;
	const lines = helpLines(snapshot, {hasDemo}, contentColumns({columns: width, frame}));
	const body = rows - 2;
	const height = Math.min(body, lines.length + (frame === 'box' ? 2 : 1));
	const place: Place = {
		pane: 'overview',
		frame,
		column: Math.floor((columns - width) / 2),
		row: 1 + Math.floor((body - height) / 2),
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
	const plan = planPage({columns, rows, needs: needsOf(snapshot)});
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
			row: place.row,
			lines: framed(pane.title(snapshot, drawing), pane.draw(snapshot, drawing), place),
		};
	});
	return {parts, scroll};
};

const bodyOf = (snapshot: Snapshot, options: PageOptions): Body => {
	if (options.helpOpen) {
		return help(snapshot, options);
	}
	if (snapshot.report.summary.basis === undefined) {
		const lines = empty(snapshot, {...options, rows: options.rows - 2});
		return {parts: [{name: 'empty', column: 0, row: 1, lines}], scroll: still};
	}
	return dashboard(snapshot, options);
};

/** Everything on the screen, and what keys can do with it: a pure function of a snapshot and what was chosen. */
export const pageOf = (snapshot: Snapshot, options: PageOptions): Page => {
	const {columns, rows, waiting, helpOpen, hasDemo, message} = options;
	const isTooSmall = columns < leastColumns || rows < leastRows;
	const {parts, scroll}: Body = isTooSmall
		? {parts: [{name: 'too-small', column: 0, row: 0, lines: tooSmall(columns, rows)}], scroll: still}
		: bodyOf(snapshot, options);
	const keys: KeyState = {
		helpOpen,
		scrolls: scroll.most > 0,
		inPast: isPast(snapshot.view),
		hasLength: snapshot.view.choice.kind !== 'all',
		hasData: snapshot.report.summary.basis !== undefined,
		hasDemo,
		paused: waiting !== undefined,
	};
	if (isTooSmall) {
		return {parts, scroll, keys};
	}
	const last = message ? messageLine(messageText(message, columns - 2), columns) : footer(keys, columns);
	return {
		parts: [
			{name: 'header', column: 0, row: 0, lines: [header(snapshot, options)]},
			...parts,
			{name: 'footer', column: 0, row: rows - 1, lines: [last]},
		],
		scroll,
		keys,
	};
};
