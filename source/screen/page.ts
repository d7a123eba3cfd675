import {isEmptyFilter} from '../metrics/filter.js';
import type {Snapshot} from '../monitor/snapshot.js';
import {leastColumns, leastRows} from './dashboard/layout.js';
import type {KeyState} from './keys/action.js';
import type {PageOptions} from './page-options.js';
import {type Body, type Page, still} from './page-parts.js';
import {compareLine} from './panes/compare-line.js';
import {filterLine} from './panes/filter-line.js';
import {footer, messageLine} from './panes/footer.js';
import {header} from './panes/header.js';
import {markLine} from './panes/mark-line.js';
import {rangeLine} from './panes/range-line.js';
import {hasTabRow, tabRow, tabTargets} from './panes/tab-row.js';
import {tooSmall} from './panes/too-small.js';
import {messageText} from './presentation/message.js';
import {shareRead} from './presentation/progress-words.js';
import {isPast} from './presentation/window-words.js';
import {tabTitle} from './tabs.js';
import type {Line} from './text/line.js';
import {bodyOf} from './view/body.js';

/** Narrower pages name only what is not the dashboard. */
const leastForName = 60;

const tooSmallPage = ({columns, rows}: PageOptions): Body => ({
	parts: [{name: 'too-small', column: 0, row: 0, lines: tooSmall(columns, rows)}],
	scroll: still,
});

const lastLine = ({report, now}: Snapshot, {prompt, message, columns, timeZone}: PageOptions, keys: KeyState): Line => {
	if (prompt) {
		switch (prompt.kind) {
			case 'filter':
				return filterLine(prompt.text, report, columns);
			case 'compare':
				return compareLine(prompt, columns);
			case 'mark':
				return markLine(prompt.text, columns);
			case 'range':
				return rangeLine(prompt, {columns, timeZone, now});
		}
	}
	return message ? messageLine(messageText(message, columns - 2, timeZone), columns) : footer(keys, columns);
};

/** Everything on the screen, and what keys can do with it: a pure function of a snapshot and what was chosen. */
export const pageOf = (snapshot: Snapshot, options: PageOptions): Page => {
	const {columns, rows, waiting, cover, hasDemo, inDemo, prompt, location} = options;
	const isTooSmall = columns < leastColumns || rows < leastRows;
	const tabs = hasTabRow(columns, rows);
	const top = tabs ? 2 : 1;
	const {
		parts,
		scroll,
		list,
		opens,
		targets = [],
		advice = 0,
	}: Body = isTooSmall ? tooSmallPage(options) : bodyOf(snapshot, {...options, rows: rows - top - 1});
	const keys: KeyState = {
		covered: cover !== undefined,
		hasSections: scroll.most > 0 && scroll.sections.length > 1,
		typing: prompt !== undefined,
		scrolls: scroll.most > 0 || (list !== undefined && list.listing.count > 1) || advice > 0,
		selects: list !== undefined || advice > 0,
		opensWorst: list === undefined && opens !== undefined && 'thread' in opens,
		onDashboard:
			location.tab === 'dashboard' &&
			location.thread === undefined &&
			snapshot.report.summary.basis !== undefined &&
			!isTooSmall,
		opens: opens !== undefined,
		inThread: location.thread !== undefined,
		sorts: (list?.listing.sortable.length ?? 0) > 0,
		follows:
			location.tab === 'requests' &&
			location.thread === undefined &&
			list !== undefined &&
			!(list.listing.follows && location.cursors.requests.key === undefined),
		narrowed: location.narrowedFrom !== undefined,
		copies: list?.listing.copies(list.position.selected) !== undefined,
		filtered: !isEmptyFilter({text: snapshot.report.filter.text}),
		inPast: isPast(snapshot.view),
		hasLength: snapshot.view.choice.kind !== 'all',
		hasData: snapshot.report.summary.basis !== undefined,
		hasProblems: snapshot.problems.length > 0,
		hasDemo,
		inDemo,
		paused: waiting !== undefined,
	};
	const page = {scroll, list, opens, advice, keys};
	if (isTooSmall) {
		return {...page, parts, targets: []};
	}
	const isPlain = location.tab === 'dashboard' && columns < leastForName;
	const named = tabs || isPlain ? undefined : tabTitle(location.tab);
	return {
		...page,
		targets: [...(tabs ? tabTargets(1) : []), ...targets.map(target => ({...target, row: target.row + top}))],
		parts: [
			{name: 'header', column: 0, row: 0, lines: [header(snapshot, {...options, page: named})]},
			...(tabs ? [{name: 'tabs', column: 0, row: 1, lines: [tabRow(location.tab, columns, shareRead(snapshot))]}] : []),
			...parts.map(part => ({...part, row: part.row + top})),
			{name: 'footer', column: 0, row: rows - 1, lines: [lastLine(snapshot, options, keys)]},
		],
	};
};
