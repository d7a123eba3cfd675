import {type Cursor, unmoved} from './lists/cursor.js';
import type {ThreadSort} from './lists/thread-order.js';
import type {ListName, Tab} from './tabs.js';

/** Where a person is: a page, a row on each list, and the thread that is open on top of it. */
export type Location = {
	readonly tab: Tab;
	readonly cursors: Readonly<Record<ListName, Cursor>>;
	readonly sort: ThreadSort;
	readonly thread: {readonly name: string | undefined; readonly cursor: Cursor} | undefined;
};

export const startLocation: Location = {
	tab: 'dashboard',
	cursors: {threads: unmoved, models: unmoved, breaks: unmoved, requests: unmoved},
	sort: 'lost',
	thread: undefined,
};
