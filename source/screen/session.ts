import {presetChoice, presets, stepView, type View, widenView} from '../metrics/window.js';
import type {Monitor, Snapshot} from '../monitor.js';
import {type Action, type ActionId, actionFor, directionOf} from './keymap.js';
import {type Page, pageOf} from './page.js';
import type {Message} from './presentation/message.js';
import type {Size} from './use-size.js';

/** What the screen needs of a monitor. */
export type Watched = Pick<Monitor, 'subscribe' | 'getSnapshot' | 'show'>;

export type SessionOptions = {
	readonly monitor: Watched;
	/** The sources, as a person calls them. */
	readonly title: string;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	readonly colour: boolean;
	/** IANA name of the zone that times are shown in. */
	readonly timeZone: string;
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
	readonly helpOpen: boolean;
	readonly scrolled: number;
	readonly coloured: boolean;
	readonly message: Message | undefined;
};

/** Long enough to read two paths. */
const messageTime = 8000;

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
	#drawn:
		| {readonly state: SessionState; readonly snapshot: Snapshot; readonly size: Size; readonly page: Page}
		| undefined;

	constructor(options: SessionOptions) {
		this.#options = options;
		this.#state = {held: undefined, helpOpen: false, scrolled: 0, coloured: options.colour, message: undefined};
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
		const {unicode, timeZone, title, onDemo} = this.#options;
		const page = pageOf(state.held ?? snapshot, {
			...size,
			unicode,
			timeZone,
			title,
			waiting: state.held && Math.max(0, snapshot.report.total - state.held.report.total),
			helpOpen: state.helpOpen,
			scrolled: state.scrolled,
			hasDemo: onDemo !== undefined,
			message: state.message,
		});
		this.#drawn = {state, snapshot, size, page};
		return page;
	}

	/** @param key a name as `keyName` gives it */
	press(key: string, size: Size): void {
		if (this.#state.message && this.#state.message.kind !== 'exporting') {
			this.#say(undefined);
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
	}

	get #shown(): Snapshot {
		return this.#state.held ?? this.#options.monitor.getSnapshot();
	}

	readonly #run: Readonly<
		Record<ActionId, (press: {readonly action: Action; readonly key: string; readonly page: Page}) => void>
	> = {
		quit: () => (this.#state.helpOpen ? this.#showHelp(false) : this.#options.onQuit()),
		help: () => this.#showHelp(!this.#state.helpOpen),
		close: () => this.#showHelp(false),
		preset: ({action, key}) =>
			this.#look({choice: presetChoice(presets[action.keys.indexOf(key)] ?? 'all'), end: undefined}),
		step: ({action, key}) => {
			const {view, now, report} = this.#shown;
			this.#look(stepView(view, directionOf(action, key), now, report.span));
		},
		widen: ({action, key}) => {
			const {view, now, report} = this.#shown;
			this.#look(widenView(view, directionOf(action, key), now, report.span));
		},
		now: () => this.#look(untilNow(this.#shown)),
		pause: () => this.#set({held: this.#state.held ? undefined : this.#options.monitor.getSnapshot()}),
		export: () => void this.#export(),
		demo: () => this.#options.onDemo?.(),
		theme: () => this.#set({coloured: !this.#state.coloured}),
		line: ({action, key, page}) => this.#scroll(page, directionOf(action, key)),
		page: ({action, key, page}) => this.#scroll(page, directionOf(action, key) * page.scroll.page),
		ends: ({action, key, page}) => this.#scroll(page, directionOf(action, key) * page.scroll.most),
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

	#scroll({scroll: {most}}: Page, by: number): void {
		// The content may have become shorter since it was scrolled.
		const from = Math.min(this.#state.scrolled, most);
		this.#set({scrolled: Math.max(0, Math.min(most, from + by))});
	}

	/** Looks at another window, also while the picture is held still. */
	#look(view: View): void {
		if (view === this.#shown.view) {
			return;
		}
		const {monitor} = this.#options;
		monitor.show(view);
		this.#set({scrolled: 0, held: this.#state.held && monitor.getSnapshot()});
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
