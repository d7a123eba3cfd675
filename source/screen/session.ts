import type {PriceList} from '../metrics/pricing.js';
import {presetChoice, presets, stepView, type View, widenView} from '../metrics/window.js';
import type {Monitor, Snapshot} from '../monitor.js';
import {graphemesOf} from '../text/graphemes.js';
import {type Action, type ActionId, actionFor, directionOf} from './keymap.js';
import {cursorAt, unmoved} from './lists/cursor.js';
import {nextSort, threadsBy} from './lists/thread-order.js';
import {threadKey} from './lists/threads.js';
import {type Location, startLocation} from './location.js';
import {type Page, pageOf} from './page.js';
import type {Message} from './presentation/message.js';
import {tabBeside} from './tabs.js';
import type {Size} from './use-size.js';

/** What the screen needs of a monitor, be it in this thread or another. */
export type Watched = Pick<Monitor, 'subscribe' | 'getSnapshot' | 'getView' | 'show' | 'narrow' | 'focus'>;

export type SessionOptions = {
	readonly monitor: Watched;
	/** The sources, as a person calls them. */
	readonly title: string;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	readonly colour: boolean;
	/** IANA name of the zone that times are shown in. */
	readonly timeZone: string;
	/** The prices that the reports are computed with; without them single requests have no costs. */
	readonly prices?: PriceList | undefined;
	/** Writes what is shown to files; resolves with their paths, rejects with an error for the user. */
	readonly onExport: (snapshot: Snapshot) => Promise<readonly string[]>;
	readonly onSuspend: () => void;
	/** Draws again what the terminal should show. */
	readonly onRepaint: () => void;
	readonly onQuit: () => void;
	/** Switches to a simulated backend; without it the key is not there. */
	readonly onDemo?: (() => void) | undefined;
};

/** What a person has chosen so far. */
export type SessionState = {
	/** The picture that is held still. */
	readonly held: Snapshot | undefined;
	readonly location: Location;
	/** The filter while it is being typed. */
	readonly typed: string | undefined;
	readonly helpOpen: boolean;
	readonly scrolled: number;
	readonly coloured: boolean;
	readonly message: Message | undefined;
};

/** Long enough to read two paths. */
const messageTime = 8000;
/** Keys of a word that come faster than that are looked up together. */
const typingTime = 40;
/** Nobody looks for more, and it must fit a line. */
const longestFilter = 200;
/** Rows that are seen above the request that a thread is opened at. */
const rowsAbove = 2;

const withoutLast = (text: string): string => text.slice(0, [...graphemesOf(text)].at(-1)?.index ?? 0);

/** The view that ends now and is as long as this one. */
const untilNow = ({view, report}: Snapshot): View => ({
	choice:
		view.choice.kind === 'between'
			? {kind: 'last', length: report.window.to - report.window.from, name: report.window.name}
			: view.choice,
	end: undefined,
});

/**
 * What keys do. A store of its own rather than React state: keys can arrive faster than frames, and each must see what
 * the one before it did.
 */
export class Session {
	readonly #options: SessionOptions;
	readonly #listeners = new Set<() => void>();
	#state: SessionState;
	#timer: NodeJS.Timeout | undefined;
	#typing: NodeJS.Timeout | undefined;
	#drawn:
		| {readonly state: SessionState; readonly snapshot: Snapshot; readonly size: Size; readonly page: Page}
		| undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		this.#state = {
			held: undefined,
			location: startLocation,
			typed: undefined,
			helpOpen: false,
			scrolled: 0,
			coloured: options.colour,
			message: undefined,
		};
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly getState = (): SessionState => this.#state;

	/** The page as it is now; computed anew only after a change. */
	page(size: Size): Page {
		const state = this.#state;
		const snapshot = this.#options.monitor.getSnapshot();
		const last = this.#drawn;
		if (
			last?.state === state &&
			last.snapshot === snapshot &&
			last.size.columns === size.columns &&
			last.size.rows === size.rows
		) {
			return last.page;
		}
		const {unicode, timeZone, title, prices, onDemo} = this.#options;
		const page = pageOf(state.held ?? snapshot, {
			...size,
			unicode,
			timeZone,
			title,
			waiting: state.held && Math.max(0, snapshot.report.total - state.held.report.total),
			location: state.location,
			typed: state.typed,
			prices,
			helpOpen: state.helpOpen,
			scrolled: state.scrolled,
			hasDemo: onDemo !== undefined,
			message: state.message,
		});
		this.#drawn = {state, snapshot, size, page};
		return page;
	}

	/**
	 * @param key a name as `keyName` gives it
	 * @param text what it writes into the line of the filter while that is open
	 */
	press(key: string, size: Size, text = ''): void {
		if (this.#state.message && this.#state.message.kind !== 'exporting') {
			this.#say(undefined);
		}
		const {typed} = this.#state;
		if (typed !== undefined && text !== '') {
			this.#type((typed + text).slice(0, longestFilter));
			return;
		}
		const page = this.page(size);
		const action = actionFor(key, page.keys);
		if (action) {
			this.#run[action.id]({action, key, page});
		}
	}

	/** Nothing moves any more. */
	close(): void {
		clearTimeout(this.#timer);
		clearTimeout(this.#typing);
	}

	get #shown(): Snapshot {
		return this.#state.held ?? this.#options.monitor.getSnapshot();
	}

	/** What was looked for last, also where its numbers have not come yet. */
	get #view(): View {
		return this.#options.monitor.getView();
	}

	readonly #run: Readonly<
		Record<ActionId, (press: {readonly action: Action; readonly key: string; readonly page: Page}) => void>
	> = {
		quit: () => (this.#state.helpOpen ? this.#showHelp(false) : this.#options.onQuit()),
		help: () => this.#showHelp(!this.#state.helpOpen),
		close: () => this.#showHelp(false),
		tab: ({action, key}) => {
			const {tab} = this.#state.location;
			this.#set({scrolled: 0});
			this.#go({tab: tabBeside(tab, directionOf(action, key)), thread: undefined});
		},
		open: ({page}) => this.#open(page),
		back: () => this.#go({thread: undefined}),
		neighbour: ({action, key}) => this.#openBeside(directionOf(action, key)),
		sort: () => {
			const {sort, cursors} = this.#state.location;
			this.#go({sort: nextSort(sort), cursors: {...cursors, threads: unmoved}});
		},
		filter: () => this.#set({typed: this.#shown.report.filter.text ?? ''}),
		clear: () => this.#narrow(''),
		keep: () => this.#endTyping(this.#state.typed ?? ''),
		cancel: () => this.#endTyping(''),
		erase: () => this.#type(withoutLast(this.#state.typed ?? '')),
		empty: () => this.#type(''),
		preset: ({action, key}) =>
			this.#look({choice: presetChoice(presets[action.keys.indexOf(key)] ?? 'all'), end: undefined}),
		step: ({action, key}) => {
			const {now, report} = this.#shown;
			this.#look(stepView(this.#view, directionOf(action, key), now, report.span));
		},
		widen: ({action, key}) => {
			const {now, report} = this.#shown;
			this.#look(widenView(this.#view, directionOf(action, key), now, report.span));
		},
		now: () => this.#look(untilNow(this.#shown)),
		pause: () => this.#set({held: this.#state.held ? undefined : this.#options.monitor.getSnapshot()}),
		export: () => void this.#export(),
		demo: () => this.#options.onDemo?.(),
		theme: () => this.#set({coloured: !this.#state.coloured}),
		line: ({action, key, page}) => this.#move(page, directionOf(action, key), () => 1),
		page: ({action, key, page}) =>
			this.#move(page, directionOf(action, key), ({list, scroll}) =>
				list ? Math.max(1, list.position.rows - 1) : scroll.page,
			),
		ends: ({action, key, page}) =>
			this.#move(page, directionOf(action, key), ({list, scroll}) => (list ? list.position.count : scroll.most)),
		repaint: () => this.#options.onRepaint(),
		suspend: () => this.#options.onSuspend(),
	};

	#set(parts: Partial<SessionState>): void {
		this.#state = {...this.#state, ...parts};
		for (const listener of this.#listeners) {
			listener();
		}
	}

	#showHelp(helpOpen: boolean): void {
		this.#set({helpOpen, scrolled: 0});
	}

	#go(parts: Partial<Location>): void {
		const before = this.#state.location.thread;
		this.#set({location: {...this.#state.location, ...parts}});
		const {thread} = this.#state.location;
		if (thread?.name !== before?.name || (thread === undefined) !== (before === undefined)) {
			this.#answer(this.#options.monitor.focus(thread && {name: thread.name}));
		}
	}

	/** Selects another row where there is a list, and scrolls elsewhere. */
	#move(page: Page, direction: -1 | 1, distance: (page: Page) => number): void {
		if (page.list) {
			this.#select(page, page.list.position.selected + direction * distance(page));
		} else {
			this.#scroll(page, direction * distance(page));
		}
	}

	#select({list}: Page, index: number): void {
		if (!list) {
			return;
		}
		const {listing, position} = list;
		const moved = cursorAt(position, index, listing.keyAt);
		const cursor = listing.follows && moved.index === 0 ? unmoved : moved;
		const {thread, tab, cursors} = this.#state.location;
		if (thread) {
			this.#go({thread: {...thread, cursor}});
		} else if (tab !== 'dashboard') {
			this.#go({cursors: {...cursors, [tab]: cursor}});
		}
	}

	#open({opens, list}: Page): void {
		if (!opens) {
			return;
		}
		const {tab, cursors} = this.#state.location;
		// The row stays selected for when one comes back, whatever is added above it.
		const chosen = list && cursorAt(list.position, list.position.selected, list.listing.keyAt);
		this.#go({
			...(tab === 'dashboard' || !chosen ? {} : {cursors: {...cursors, [tab]: chosen}}),
			thread: {name: opens.thread, cursor: {key: opens.request, index: 0, offset: rowsAbove}},
		});
	}

	/** The neighbour in the list of threads, which goes along. */
	#openBeside(direction: -1 | 1): void {
		const {thread, sort, cursors, tab} = this.#state.location;
		const groups = threadsBy(this.#shown.report, sort);
		const index = groups.findIndex(({name}) => name === thread?.name) + direction;
		const group = groups[index];
		if (!group) {
			return;
		}
		this.#go({
			thread: {name: group.name, cursor: {...unmoved, offset: rowsAbove}},
			cursors:
				tab === 'threads' ? {...cursors, threads: {...cursors.threads, key: threadKey(group.name), index}} : cursors,
		});
	}

	#type(typed: string): void {
		this.#set({typed});
		clearTimeout(this.#typing);
		this.#typing = setTimeout(() => this.#narrow(typed), typingTime);
	}

	#endTyping(text: string): void {
		clearTimeout(this.#typing);
		this.#set({typed: undefined});
		this.#narrow(text);
	}

	/** Looks at the requests that hold a text, also while the picture is held still. */
	#narrow(typed: string): void {
		const text = typed.trim() === '' ? undefined : typed.trim();
		const {monitor} = this.#options;
		const {filter} = monitor.getSnapshot().report;
		if (text === filter.text) {
			return;
		}
		this.#set({scrolled: 0});
		this.#answer(monitor.narrow({...filter, text}));
	}

	#scroll({scroll: {most}}: Page, by: number): void {
		// The content may have become shorter since it was scrolled.
		const from = Math.min(this.#state.scrolled, most);
		this.#set({scrolled: Math.max(0, Math.min(most, from + by))});
	}

	/** Looks at another window, also while the picture is held still. */
	#look(view: View): void {
		if (view === this.#view) {
			return;
		}
		this.#set({scrolled: 0});
		this.#answer(this.#options.monitor.show(view));
	}

	/** A picture that is held still is replaced by what was asked for. */
	#answer(snapshot: Promise<Snapshot>): void {
		snapshot.then(
			found => this.#state.held && this.#set({held: found}),
			// What fails there is told by whoever runs the monitor.
			() => {},
		);
	}

	/** A message goes away by itself; one about what is still going on stays. */
	#say(message: Message | undefined): void {
		clearTimeout(this.#timer);
		this.#set({message});
		if (message && message.kind !== 'exporting') {
			this.#timer = setTimeout(() => this.#set({message: undefined}), messageTime);
		}
	}

	async #export(): Promise<void> {
		if (this.#state.message?.kind === 'exporting') {
			return;
		}
		const snapshot = this.#shown;
		this.#say({kind: 'exporting'});
		try {
			this.#say({kind: 'exported', paths: await this.#options.onExport(snapshot)});
		} catch (error) {
			this.#say({kind: 'failed', error});
		}
	}
}
