import type {PriceList} from '../../metrics/money/pricing.js';
import type {Monitor} from '../../monitor/monitor.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import type {ThemeName} from '../../session/options.js';
import type {MouseAction} from '../../terminal/mouse.js';
import type {Cover} from '../page-options.js';
import type {Message} from '../presentation/message.js';
import {type Location, type Orders, startLocation} from './location.js';
import type {Prompt} from './prompt.js';

/** Emits `mouse` events. */
type Mouse = {
	readonly on: (event: 'mouse', listener: (action: MouseAction) => void) => unknown;
	readonly off: (event: 'mouse', listener: (action: MouseAction) => void) => unknown;
};

/** The part of a monitor that the screen uses, whether it runs in this thread or in another. */
export type Watched = Pick<Monitor, 'subscribe' | 'getSnapshot' | 'getView' | 'show' | 'narrow' | 'focus' | 'compare'>;

/**
 * What the screen starts with: its snapshots, the terminal's abilities and what was remembered from the last session.
 */
export type ScreenOptions = {
	readonly monitor: Watched;
	/** Without it, the screen reacts to keys only. */
	readonly mouse?: Mouse | undefined;
	/** The sources, as the user named them. */
	readonly title: string;
	/** The places that were searched for sources; listed if none was found. */
	readonly lookedAt?: readonly string[] | undefined;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	/** The theme at the start. */
	readonly theme: ThemeName;
	/** IANA name of the zone that times are shown in. */
	readonly timeZone: string;
	/** The prices that the reports are computed with; without them single requests have no costs. */
	readonly prices?: PriceList | undefined;
	/** Exports a snapshot to files. Resolves with their paths; rejects with an error whose message is for the user. */
	readonly onExport: (snapshot: Snapshot) => Promise<readonly string[]>;
	readonly onSuspend: () => void;
	/** Repaints the whole terminal. */
	readonly onRepaint: () => void;
	readonly onQuit: () => void;
	/** Switches to a simulated backend. Without it, the key for the demo does nothing. */
	readonly onDemo?: (() => void) | undefined;
	/** True while the demo is shown. */
	readonly inDemo?: boolean | undefined;
	/** Saves a mark at the current time and returns its name. Throws an error whose message is for the user. */
	readonly onMark?: ((name: string) => string) | undefined;
	/** Sort orders of lists at the start. */
	readonly orders?: Orders | undefined;
	/** Called with all chosen sort orders after one of them changed. */
	readonly onOrders?: ((orders: Orders) => void) | undefined;
	/** Copies a text to the clipboard of the user's machine. */
	readonly onCopy?: ((text: string) => void) | undefined;
	/** Called after the user chose another theme. */
	readonly onTheme?: ((theme: ThemeName) => void) | undefined;
};

/** What the user has chosen so far. */
export type ScreenState = {
	/** The snapshot that a frozen screen shows; undefined while it is not frozen. */
	readonly held: Snapshot | undefined;
	readonly location: Location;
	/** The open input line; undefined while there is none. */
	readonly prompt: Prompt | undefined;
	/** The range that was typed last; proposed the next time. */
	readonly lastRange: string;
	/** What the user compared with last, as typed; proposed the next time. */
	readonly lastAgainst: string;
	readonly cover: Cover | undefined;
	readonly scrolled: number;
	readonly theme: ThemeName;
	/** True if the line of the hit rate may be drawn above the dashboard's bars. */
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
