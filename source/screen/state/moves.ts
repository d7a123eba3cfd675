import {unmoved} from '../lists/list-cursor.js';
import {nextOrder, type Order} from '../lists/sort-order.js';
import type {Page} from '../page-parts.js';
import {type Tab, tabBeside} from '../tabs.js';
import type {Location, Orders} from './location.js';
import {besideThread, selected} from './navigation.js';
import type {Questions} from './questions.js';
import type {ScreenState} from './screen-state.js';
import {scrolledBy} from './scrolling.js';

type Around = {
	readonly get: () => ScreenState;
	readonly set: (parts: Partial<ScreenState>) => void;
	readonly questions: Questions;
	/** Called with all chosen sort orders after one of them changed. */
	readonly onOrders: ((orders: Orders) => void) | undefined;
};

/** Navigation: to a page, a thread or a row, and sorting of lists. */
export class Moves {
	readonly #around: Around;

	constructor(around: Around) {
		this.#around = around;
	}

	/** Changes parts of the location. If another thread is opened, asks the monitor for all of its requests. */
	go(parts: Partial<Location>): void {
		const {get, set, questions} = this.#around;
		const before = this.#location.thread;
		set({location: {...this.#location, ...parts}});
		const {thread} = get().location;
		if (thread?.name !== before?.name || (thread === undefined) !== (before === undefined)) {
			questions.focus(thread && {name: thread.name});
		}
	}

	/** Switches to a page, at its top, and closes an open thread. */
	toTab(tab: Tab): void {
		this.#around.set({scrolled: 0});
		this.go({tab, thread: undefined});
	}

	besideTab(direction: -1 | 1): void {
		this.toTab(tabBeside(this.#location.tab, direction));
	}

	besideThread(direction: -1 | 1): void {
		this.go(besideThread(this.#location, this.#around.questions.shown.report, direction) ?? {});
	}

	/** Goes from a thread to the page below it, or from one project back to all. */
	back(): void {
		const {thread, narrowedFrom} = this.#location;
		if (thread === undefined && narrowedFrom) {
			this.#around.questions.filterBy(narrowedFrom);
			this.go({tab: 'projects', narrowedFrom: undefined});
		} else {
			this.go({thread: undefined});
		}
	}

	/** Moves the selection by so many rows; scrolls on pages without a list. */
	by(page: Page, rows: number): void {
		const {cover, scrolled} = this.#around.get();
		if (page.list) {
			this.go(selected(this.#location, page.list, page.list.position.selected + rows));
		} else if (page.advice > 0 && cover === undefined) {
			this.go({advice: Math.max(0, Math.min(page.advice, this.#location.advice + rows))});
		} else {
			this.#around.set({scrolled: scrolledBy(page.scroll, scrolled, rows)});
		}
	}

	sort(page: Page): void {
		this.#order(page, order => nextOrder(page.list?.listing.sortable ?? [], order));
	}

	reverse(page: Page): void {
		this.#order(page, ({column, reversed}) => ({column, reversed: !reversed}));
	}

	/** Selects the newest request and keeps it selected as new ones arrive. */
	follow(): void {
		this.#keep({...this.#location.orders, requests: {column: 'time', reversed: false}}, 'requests');
	}

	get #location(): Location {
		return this.#around.get().location;
	}

	/** Changes the sort order of the list on the screen. */
	#order({list}: Page, change: (order: Order) => Order): void {
		const {tab, orders} = this.#location;
		if (tab !== 'dashboard' && list?.listing.order) {
			this.#keep({...orders, [tab]: change(list.listing.order)}, tab);
		}
	}

	/** Saves the sort orders and shows the re-sorted list from its top. */
	#keep(orders: Orders, list: keyof Orders): void {
		this.go({orders, cursors: {...this.#location.cursors, [list]: unmoved}});
		this.#around.onOrders?.(orders);
	}
}
