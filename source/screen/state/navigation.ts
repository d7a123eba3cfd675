/** Where keys lead: pure functions from one location to the next. */

import type {Report} from '../../metrics/report/report.js';
import {cursorAt, unmoved} from '../lists/cursor.js';
import {threadKey, threadsIn} from '../lists/threads.js';
import type {Page, ShownList} from '../page-parts.js';
import type {Location} from './location.js';

/** Rows that are seen above the request that a thread is opened at. */
const rowsAbove = 2;

/** Another row of the list that is shown. */
export const selected = (location: Location, {listing, position}: ShownList, index: number): Location => {
	const moved = cursorAt(position, index, listing.keyAt);
	const cursor = listing.follows && moved.index === 0 ? unmoved : moved;
	const {thread, tab, cursors} = location;
	if (thread) {
		return {...location, thread: {...thread, cursor}};
	}
	return tab === 'dashboard' ? location : {...location, cursors: {...cursors, [tab]: cursor}};
};

/** What Enter opens; the same place where that is nothing. */
export const opened = (location: Location, {opens, list}: Pick<Page, 'opens' | 'list'>): Location => {
	if (!opens || 'advice' in opens || 'sheet' in opens) {
		return location;
	}
	const {tab, cursors} = location;
	// The row stays selected for when one comes back, whatever is added above it.
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

/** The neighbour in the list of threads, which goes along; undefined where there is none. */
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
