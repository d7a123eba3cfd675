import {type Cursor, unmoved} from '../lists/list-cursor.js';
import type {Order} from '../lists/sort-order.js';
import type {ListName, Tab} from '../tabs.js';

/** The sort order that the user chose for each list; lists without an entry use their default. */
export type Orders = Readonly<Partial<Record<ListName, Order>>>;

/** Where the user is: the page, the selected row of each list, and the thread opened on top. */
export type Location = {
	readonly tab: Tab;
	readonly cursors: Readonly<Record<ListName, Cursor>>;
	/** Sort orders that the user chose. */
	readonly orders: Orders;
	/** The selected advice on the dashboard, counted from 1; 0 if none is selected. */
	readonly advice: number;
	/** Set while Enter on a project narrows all pages to it; holds the project filter to return to. */
	readonly narrowedFrom: {readonly project: string | undefined} | undefined;
	readonly thread: {readonly name: string | undefined; readonly cursor: Cursor} | undefined;
};

/** The dashboard, with every list at its first row. */
export const startLocation: Location = {
	tab: 'dashboard',
	cursors: {projects: unmoved, threads: unmoved, models: unmoved, breaks: unmoved, requests: unmoved},
	orders: {},
	advice: 0,
	narrowedFrom: undefined,
	thread: undefined,
};
