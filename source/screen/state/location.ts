import {type Cursor, unmoved} from '../lists/cursor.js';
import type {Order} from '../lists/order.js';
import type {ListName, Tab} from '../tabs.js';

/** The orders that a person chose for lists; a list without one has its own. */
export type Orders = Readonly<Partial<Record<ListName, Order>>>;

/** Where a person is: a page, a row on each list, and the thread that is open on top of it. */
export type Location = {
	readonly tab: Tab;
	readonly cursors: Readonly<Record<ListName, Cursor>>;
	/** Orders that were chosen; a list without one has its own. */
	readonly orders: Orders;
	/** The selected advice on the dashboard, counted from 1; 0 for none. */
	readonly advice: number;
	/** Where Enter on a project narrowed all pages to it: the filter of projects before. */
	readonly narrowedFrom: {readonly project: string | undefined} | undefined;
	readonly thread: {readonly name: string | undefined; readonly cursor: Cursor} | undefined;
};

/** The dashboard, with every list at its beginning. */
export const startLocation: Location = {
	tab: 'dashboard',
	cursors: {projects: unmoved, threads: unmoved, models: unmoved, breaks: unmoved, requests: unmoved},
	orders: {},
	advice: 0,
	narrowedFrom: undefined,
	thread: undefined,
};
