import {unmoved} from '../lists/cursor.js';
import {nextOrder, type Order} from '../lists/order.js';
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
	/** A list was put in another order; all that were chosen. */
	readonly onOrders: ((orders: Orders) => void) | undefined;
};

/** Keys that lead somewhere: to a page, a thread, a row, another order of a list. */
export class Moves {
	readonly #around: Around;

	constructor(around: Around) {
		this.#around = around;
	}

	/** Goes to another place; where that is another thread, asks the monitor for all of it. */
	go(parts: Partial<Location>): void {
		const {get, set, questions} = this.#around;
		const before = this.#location.thread;
		set({location: {...this.#location, ...parts}});
		const {thread} = get().location;
		if (thread?.name !== before?.name || (thread === undefined) !== (before === undefined)) {
			questions.focus(thread && {name: thread.name});
		}
	}

	/** A page, from its beginning and without the thread that was open. */
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

	/** From a thread to the page below it, else from a project to all of them. */
	back(): void {
		const {thread, narrowedFrom} = this.#location;
		if (thread === undefined && narrowedFrom) {
			this.#around.questions.filterBy(narrowedFrom);
			this.go({tab: 'projects', narrowedFrom: undefined});
		} else {
			this.go({thread: undefined});
		}
	}

	/** Selects another row where there is a list, and scrolls elsewhere. */
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

	/** Back to the newest request, and along with those that come. */
	follow(): void {
		this.#keep({...this.#location.orders, requests: {column: 'time', reversed: false}}, 'requests');
	}

	get #location(): Location {
		return this.#around.get().location;
	}

	/** Puts the list that is shown in another order. */
	#order({list}: Page, change: (order: Order) => Order): void {
		const {tab, orders} = this.#location;
		if (tab !== 'dashboard' && list?.listing.order) {
			this.#keep({...orders, [tab]: change(list.listing.order)}, tab);
		}
	}

	/** A list in another order begins at its top. */
	#keep(orders: Orders, list: keyof Orders): void {
		this.go({orders, cursors: {...this.#location.cursors, [list]: unmoved}});
		this.#around.onOrders?.(orders);
	}
}
