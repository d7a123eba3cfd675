/** What decides whether a key does anything now. */
export type KeyState = {
	/** The help or the sources lie over the page. */
	readonly covered: boolean;
	/** What lies there has sections to go to. */
	readonly hasSections: boolean;
	/** A filter or a range is being typed. */
	readonly typing: boolean;
	/** The page is longer than its room, or a list to move in. */
	readonly scrolls: boolean;
	/** There are rows, in which keys move instead of scrolling. */
	readonly selects: boolean;
	/** What Enter opens is the thread that lost the most. */
	readonly opensWorst: boolean;
	/** The dashboard has bars, above which a line of the rate can stand. */
	readonly hasBars: boolean;
	/** There is something to open. */
	readonly opens: boolean;
	/** A thread is open. */
	readonly inThread: boolean;
	/** The list can be sorted. */
	readonly sorts: boolean;
	/** The list is that of requests, and does not follow the newest. */
	readonly follows: boolean;
	/** The selected row has an id or name to copy. */
	readonly copies: boolean;
	/** Enter on a project has narrowed all pages to it. */
	readonly narrowed: boolean;
	/** A typed filter is on. */
	readonly filtered: boolean;
	/** The window ends before now. */
	readonly inPast: boolean;
	/** The window has a length to step by. */
	readonly hasLength: boolean;
	/** There is something to export. */
	readonly hasData: boolean;
	/** Something kept bytes from being read. */
	readonly hasProblems: boolean;
	/** True while the demo is shown. */
	readonly inDemo: boolean;
	/** There is a demo to switch to. */
	readonly hasDemo: boolean;
	readonly paused: boolean;
};

/** What a key can do, by a name of its own: the screen's state runs it. */
export type ActionId =
	| 'quit'
	| 'help'
	| 'sources'
	| 'close'
	| 'section'
	| 'tab'
	| 'open'
	| 'back'
	| 'neighbour'
	| 'sort'
	| 'reverse'
	| 'follow'
	| 'copy'
	| 'filter'
	| 'clear'
	| 'range'
	| 'mark'
	| 'compare'
	| 'keep'
	| 'cancel'
	| 'erase'
	| 'empty'
	| 'preset'
	| 'step'
	| 'widen'
	| 'now'
	| 'pause'
	| 'export'
	| 'demo'
	| 'theme'
	| 'rate-line'
	| 'line'
	| 'page'
	| 'ends'
	| 'repaint'
	| 'suspend';

/** In the order of the help. */
export const sections = ['Pages', 'Window', 'Screen', 'Scrolling', 'Filter', 'Typing'] as const;
/** One of `sections`. */
export type Section = (typeof sections)[number];

/** A key, or a few, and what it does: dispatch, footer, help and readme all follow from it. */
export type Action = {
	readonly id: ActionId;
	/** Names as `keyName` gives them. Where they come in pairs, the one that goes back or up stands first. */
	readonly keys: readonly string[];
	readonly keyLabel: string;
	/** For help and readme. */
	readonly description: string;
	/** For the footer; undefined where it has no place there. */
	readonly short: string | undefined | ((state: KeyState) => string | undefined);
	readonly section: Section;
	/** Whether it does anything now. */
	readonly visible: (state: KeyState) => boolean;
};

/** Where actions can be taken: anywhere. */
export const always = () => true;
/** Neither while something covers the page nor while text is typed. */
export const onPage = ({covered, typing}: KeyState) => !covered && !typing;
/** Only while text is typed. */
export const whereTyping = ({typing}: KeyState) => typing;
/** Unless text is typed: letters would be part of it. */
export const notTyping = ({typing}: KeyState) => !typing;
/** Where there is more than the screen shows. */
export const whereScrolling = ({scrolls, typing}: KeyState) => scrolls && !typing;
/** Only while something covers the page. */
export const whereCovered = ({covered, typing}: KeyState) => covered && !typing;
