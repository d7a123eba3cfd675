import {presetChoice, presets, type View} from '../../metrics/windows/window.js';
import type {MouseAction} from '../../terminal/mouse.js';
import {whyNoLine} from '../dashboard/token-bars.js';
import type {Action, ActionId} from '../keys/action.js';
import {actionFor, directionOf} from '../keys/keymap.js';
import type {Page} from '../page-parts.js';
import {nextTheme} from '../theme.js';
import {createDrawnPage} from '../view/drawn-page.js';
import type {Size} from '../view/use-size.js';
import {Covers} from './covers.js';
import {Moves} from './moves.js';
import {opened, selected} from './navigation.js';
import {point} from './pointing.js';
import {Questions} from './questions.js';
import {type ScreenOptions, type ScreenState, startState} from './screen-state.js';
import {besideSection} from './scrolling.js';
import {StatusMessage} from './status-message.js';
import {Typing} from './typing.js';
import {type Edge, stepped, untilNow, widened} from './window-steps.js';

type Press = {readonly action: Action; readonly key: string; readonly page: Page; readonly size: Size};

/**
 * Applies keys and clicks to the screen's state and draws the page from it. It is a store outside React because keys
 * can arrive faster than frames, and each key must see the effect of the one before.
 */
export class Controller {
	readonly #options: ScreenOptions;
	readonly #listeners = new Set<() => void>();
	readonly #typing: Typing;
	readonly #statusMessage: StatusMessage;
	readonly #questions: Questions;
	readonly #moves: Moves;
	readonly #covers: Covers;
	readonly #draw: ReturnType<typeof createDrawnPage>;
	#state: ScreenState;

	constructor(options: ScreenOptions) {
		this.#options = options;
		this.#state = startState(options.theme, options.orders);
		this.#draw = createDrawnPage(options);
		this.#statusMessage = new StatusMessage({get: () => this.#state.message, set: message => this.#set({message})});
		this.#questions = new Questions({
			monitor: options.monitor,
			get: () => this.#state,
			set: parts => this.#set(parts),
		});
		this.#moves = new Moves({
			get: () => this.#state,
			set: parts => this.#set(parts),
			questions: this.#questions,
			onOrders: options.onOrders,
		});
		this.#covers = new Covers({
			get: () => this.#state,
			set: parts => this.#set(parts),
			questions: this.#questions,
		});
		this.#typing = new Typing({
			zone: options.timeZone,
			get: () => this.#state,
			set: parts => this.#set(parts),
			now: () => this.#questions.shown.now,
			narrow: text => this.#questions.narrow(text),
			look: view => this.#questions.look(view),
			mark: name => this.#mark(name),
			compare: against => this.#covers.compare(against),
		});
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly getState = (): ScreenState => this.#state;

	/** The current page for a terminal of this size. */
	page(size: Size): Page {
		const snapshot = this.#options.monitor.getSnapshot();
		const {view} = this.#questions;
		return this.#draw(this.#state, snapshot, size, view === snapshot.view ? undefined : view);
	}

	/**
	 * Handles a key.
	 * @param key as returned by `keyName`
	 * @param text what the key adds to an input line
	 */
	press(key: string, size: Size, text = ''): void {
		this.#statusMessage.dismiss();
		if (this.#state.prompt && text !== '') {
			this.#typing.write(text);
			return;
		}
		const page = this.page(size);
		const action = actionFor(key, page.keys);
		if (action) {
			this.#run[action.id]({action, key, page, size});
		}
	}

	/** Handles a click or a turn of the mouse wheel. */
	point(action: MouseAction, size: Size): void {
		point(action, size, {
			get: () => this.#state,
			page: shown => this.page(shown),
			go: parts => this.#moves.go(parts),
			goToTab: tab => this.#moves.toTab(tab),
			open: (page, shown) => this.#open(page, shown),
			move: (page, by) => this.#moves.by(page, by),
		});
	}

	/** Stops all timers. */
	close(): void {
		this.#statusMessage.close();
		this.#typing.close();
	}

	readonly #run: Readonly<Record<ActionId, (press: Press) => void>> = {
		quit: () => (this.#state.cover ? this.#covers.close() : this.#options.onQuit()),
		help: () => this.#covers.toggle('help'),
		sources: () => this.#covers.toggle('sources'),
		close: () => this.#covers.close(),
		section: ({action, key, page}) =>
			this.#set({scrolled: besideSection(page.scroll, this.#state.scrolled, directionOf(action, key))}),
		tab: ({action, key}) => this.#moves.besideTab(directionOf(action, key)),
		open: ({page, size}) => this.#open(page, size),
		back: () => this.#moves.back(),
		neighbour: ({action, key}) => this.#moves.besideThread(directionOf(action, key)),
		sort: ({page}) => this.#moves.sort(page),
		reverse: ({page}) => this.#moves.reverse(page),
		follow: () => this.#moves.follow(),
		copy: ({page}) => this.#copy(page),
		filter: () => this.#typing.begin({kind: 'filter', text: this.#questions.shown.report.filter.text ?? ''}),
		range: () => this.#typing.beginRange(),
		mark: () => this.#typing.begin({kind: 'mark', text: ''}),
		compare: () => this.#typing.beginCompare(),
		clear: () => this.#questions.narrow(''),
		keep: () => this.#typing.keep(),
		cancel: () => this.#typing.cancel(),
		erase: () => this.#typing.erase(),
		empty: () => this.#typing.empty(),
		preset: ({action, key}) =>
			this.#questions.look({choice: presetChoice(presets[action.keys.indexOf(key)] ?? 'all'), end: undefined}),
		step: ({action, key}) =>
			this.#lookOrSay(stepped(this.#questions.view, directionOf(action, key), this.#questions.shown)),
		widen: ({action, key}) =>
			this.#lookOrSay(widened(this.#questions.view, directionOf(action, key), this.#questions.shown)),
		now: () => this.#questions.look(untilNow(this.#questions.shown)),
		pause: () => this.#set({held: this.#state.held ? undefined : this.#options.monitor.getSnapshot()}),
		export: () => {
			const {shown} = this.#questions;
			void this.#statusMessage.export(() => this.#options.onExport(shown));
		},
		demo: () => this.#options.onDemo?.(),
		theme: () => this.#changeTheme(),
		'rate-line': ({page, size}) => this.#changeLine(page, size),
		line: ({action, key, page}) => this.#moves.by(page, directionOf(action, key)),
		page: ({action, key, page}) => {
			const {list, scroll} = page;
			this.#moves.by(page, directionOf(action, key) * (list ? Math.max(1, list.position.rows - 1) : scroll.page));
		},
		ends: ({action, key, page}) => {
			const {list, scroll, advice} = page;
			this.#moves.by(page, directionOf(action, key) * (list ? list.position.count : Math.max(scroll.most, advice)));
		},
		repaint: () => this.#options.onRepaint(),
		suspend: () => this.#options.onSuspend(),
	};

	#set(parts: Partial<ScreenState>): void {
		this.#state = {...this.#state, ...parts};
		for (const listener of this.#listeners) {
			listener();
		}
	}

	#open(page: Page, size: Size): void {
		const {opens} = page;
		if (opens && 'narrowTo' in opens) {
			const {project} = this.#questions.filter;
			this.#questions.filterBy({project: opens.narrowTo});
			this.#moves.go({narrowedFrom: this.#state.location.narrowedFrom ?? {project}});
		}
		this.#moves.go(opened(this.#state.location, page));
		if (opens && 'advice' in opens) {
			this.#covers.showAdvice(opens.advice, () => this.page(size));
		} else if (opens && 'sheet' in opens) {
			this.#moves.go(page.list ? selected(this.#state.location, page.list, page.list.position.selected) : {});
			this.#covers.toggle('request');
		}
	}

	/** Shows or hides the line of the hit rate; says why where that makes no difference. */
	#changeLine(before: Page, size: Size): void {
		const rateLine = !this.#state.rateLine;
		this.#set({rateLine});
		if (JSON.stringify(this.page(size).parts) !== JSON.stringify(before.parts)) {
			return;
		}
		this.#set({rateLine: !rateLine});
		this.#statusMessage.say({kind: 'no-line', why: whyNoLine(this.#questions.shown)});
	}

	#changeTheme(): void {
		const theme = nextTheme(this.#state.theme);
		this.#set({theme});
		this.#statusMessage.say({kind: 'theme', theme});
		this.#options.onTheme?.(theme);
	}

	#mark(typed: string): void {
		try {
			const name = this.#options.onMark?.(typed) ?? '';
			this.#statusMessage.say({kind: 'marked', name});
			// Asks for a new snapshot at once, which includes the new mark.
			this.#questions.look(this.#questions.view);
		} catch (error) {
			this.#statusMessage.say({kind: 'failed', error, what: 'Mark'});
		}
	}

	/** Copies the id or name of the selected row to the clipboard, through the terminal (OSC 52). */
	#copy({list}: Page): void {
		const text = list?.listing.copies(list.position.selected);
		if (text !== undefined) {
			this.#options.onCopy?.(text);
			this.#statusMessage.say({kind: 'copied', text});
		}
	}

	#lookOrSay(found: View | Edge): void {
		if (typeof found === 'string') {
			this.#statusMessage.say({kind: 'edge', edge: found, first: this.#questions.shown.report.span?.first});
		} else {
			this.#questions.look(found);
		}
	}
}
