/** Navigation as pure functions from one location to the next. */

import type {Report} from '../../metrics/report/report.js';
import {cursorAt, unmoved} from '../lists/list-cursor.js';
import {threadKey, threadsIn} from '../lists/threads.js';
import type {Page, ShownList} from '../page-parts.js';
import type {Location} from './location.js';

/** Rows shown above the request at which a thread is opened. */
const rowsAbove = 2;

/** The location with another row of the current list selected. */
export const selected = (location: Location, {listing, position}: ShownList, index: number): Location => {
	const moved = cursorAt(position, index, listing.keyAt);
	const cursor = listing.follows && moved.index === 0 ? unmoved : moved;
	const {thread, tab, cursors} = location;
	if (thread) {
		return {...location, thread: {...thread, cursor}};
	}
	return tab === 'dashboard' ? location : {...location, cursors: {...cursors, [tab]: cursor}};
};

/** The location that Enter leads to; unchanged if there is nothing to open. */
export const opened = (location: Location, {opens, list}: Pick<Page, 'opens' | 'list'>): Location => {
	if (!opens || 'advice' in opens || 'sheet' in opens) {
		return location;
	}
	const {tab, cursors} = location;
	// Keeps the row selected for the way back, even if rows are added above it.
	const chosen = list && cursorAt(list.position, list.position.selected, list.listing.keyAt);
	const kept = {...location, cursors: tab === 'dashboard' || !chosen ? cursors : {...cursors, [tab]: chosen}};
	if ('narrowTo' in opens) {
		return {...kept, tab: 'threads', cursors: {...kept.cursors, threads: unmoved}};
	}
	return {
		...kept,
		thread: {name: opens.thread, cursor: {key: opens.request, index: 0, offset: rowsAbove}},
	};
};

/** The previous or next thread of the list, which also becomes the selected row; undefined at either end. */
export const besideThread = (location: Location, report: Report, direction: -1 | 1): Location | undefined => {
	const {thread, orders, cursors, tab} = location;
	const groups = threadsIn(report, orders.threads);
	const index = groups.findIndex(({name}) => name === thread?.name) + direction;
	const group = groups[index];
	return (
		group && {
			...location,
			thread: {name: group.name, cursor: {...unmoved, offset: rowsAbove}},
			cursors:
				tab === 'threads' ? {...cursors, threads: {...cursors.threads, key: threadKey(group.name), index}} : cursors,
		}
	);
};
