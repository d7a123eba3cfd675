import type {PriceList} from '../../metrics/money/pricing.js';
import type {Monitor} from '../../monitor/monitor.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import type {ThemeName} from '../../session/options.js';
import type {MouseAction} from '../../terminal/mouse.js';
import type {Cover} from '../page-options.js';
import type {Message} from '../presentation/message.js';
import {type Location, type Orders, startLocation} from './location.js';
import type {Prompt} from './prompt.js';

/** Where the mouse's actions come from: events named `mouse`. */
type Mouse = {
	readonly on: (event: 'mouse', listener: (action: MouseAction) => void) => unknown;
	readonly off: (event: 'mouse', listener: (action: MouseAction) => void) => unknown;
};

/** What the screen needs of a monitor, be it in this thread or another. */
export type Watched = Pick<Monitor, 'subscribe' | 'getSnapshot' | 'getView' | 'show' | 'narrow' | 'focus' | 'compare'>;

/** What the screen begins with: where its snapshots come from, and what is remembered of the last time. */
export type ScreenOptions = {
	readonly monitor: Watched;
	/** Without it there are keys only. */
	readonly mouse?: Mouse | undefined;
	/** The sources, as a person calls them. */
	readonly title: string;
	/** The places that were looked at for them, to be named where nothing was found. */
	readonly lookedAt?: readonly string[] | undefined;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	/** The one to begin with. */
	readonly theme: ThemeName;
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
	/** True while the demo is shown. */
	readonly inDemo?: boolean | undefined;
	/** Keeps a mark at this moment and returns its name; throws an error for the user. */
	readonly onMark?: ((name: string) => string) | undefined;
	/** Orders of lists to begin with. */
	readonly orders?: Orders | undefined;
	/** A list was put in another order; all that were chosen. */
	readonly onOrders?: ((orders: Orders) => void) | undefined;
	/** Copies a text to the clipboard of whoever sits at the terminal. */
	readonly onCopy?: ((text: string) => void) | undefined;
	/** Another theme was chosen. */
	readonly onTheme?: ((theme: ThemeName) => void) | undefined;
};

/** What a person has chosen so far. */
export type ScreenState = {
	/** The snapshot that a frozen screen shows; undefined while it is not frozen. */
	readonly held: Snapshot | undefined;
	readonly location: Location;
	/** What is being typed. */
	readonly prompt: Prompt | undefined;
	/** The range that was typed last, to go on from. */
	readonly lastRange: string;
	/** What was compared with last, as it was typed. */
	readonly lastAgainst: string;
	readonly cover: Cover | undefined;
	readonly scrolled: number;
	readonly theme: ThemeName;
	/** Whether a line of the hit rate may stand above the dashboard's bars. */
	readonly rateLine: boolean;
	readonly message: Message | undefined;
};

/** The state before the first key. */
export const startState = (theme: ThemeName, orders: Orders = {}): ScreenState => ({
	held: undefined,
	location: {...startLocation, orders},
	prompt: undefined,
	lastRange: '',
	lastAgainst: 'previous',
	cover: undefined,
	scrolled: 0,
	theme,
	rateLine: true,
	message: undefined,
});
