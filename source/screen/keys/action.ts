/** The state of the screen that decides which keys work at the moment. */
export type KeyState = {
	/** True while help, sources or another overlay covers the page. */
	readonly covered: boolean;
	/** True if the overlay has sections to jump to. */
	readonly hasSections: boolean;
	/** True while a filter, a range or the name of a mark is being typed. */
	readonly typing: boolean;
	/** True if the page is longer than the screen, or has a list to move in. */
	readonly scrolls: boolean;
	/** True if the page has rows to select: arrow keys then move the selection instead of scrolling. */
	readonly selects: boolean;
	/** True if Enter opens the thread that lost the most. */
	readonly opensWorst: boolean;
	/** True on the dashboard while it has numbers. */
	readonly onDashboard: boolean;
	/** True if Enter opens something. */
	readonly opens: boolean;
	/** True while the page of a thread is open. */
	readonly inThread: boolean;
	/** True if the list on the page can be sorted. */
	readonly sorts: boolean;
	/** True on the list of requests while it does not follow the newest one. */
	readonly follows: boolean;
	/** True if the selected row has an id or a name to copy. */
	readonly copies: boolean;
	/** True after Enter on a project has narrowed all pages to that project. */
	readonly narrowed: boolean;
	/** True while a typed filter applies. */
	readonly filtered: boolean;
	/** True if the window ends before now. */
	readonly inPast: boolean;
	/** True if the window has a length to step by; "all" has none. */
	readonly hasLength: boolean;
	/** True if there are numbers to export. */
	readonly hasData: boolean;
	/** True if some input could not be read. */
	readonly hasProblems: boolean;
	/** True while the demo is shown. */
	readonly inDemo: boolean;
	/** True if the program was given a demo to switch to. */
	readonly hasDemo: boolean;
	readonly paused: boolean;
};

/** Names what a key does; the screen's controller maps each name to a function. */
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

/** Sections of the help, in the order shown. */
export const sections = ['Pages', 'Window', 'Screen', 'Scrolling', 'Filter', 'Typing'] as const;
/** One of `sections`. */
export type Section = (typeof sections)[number];

/** One action and its keys. Dispatch, footer, help and the readme's table are generated from this record. */
export type Action = {
	readonly id: ActionId;
	/** Key names as returned by `keyName`. In a pair, the key that goes back or up comes first. */
	readonly keys: readonly string[];
	readonly keyLabel: string;
	/** One line for the help and the readme. */
	readonly description: string;
	/** Label in the footer; undefined keeps the action out of the footer. */
	readonly short: string | undefined | ((state: KeyState) => string | undefined);
	readonly section: Section;
	/** False while the key does nothing; it is then left out of the footer. */
	readonly visible: (state: KeyState) => boolean;
};

/** For actions that work everywhere. */
export const always = () => true;
/** For actions that work on a page: no overlay is open and nothing is being typed. */
export const onPage = ({covered, typing}: KeyState) => !covered && !typing;
/** For actions of the input line. */
export const whereTyping = ({typing}: KeyState) => typing;
/** For actions bound to letters, which are text while something is being typed. */
export const notTyping = ({typing}: KeyState) => !typing;
/** For scrolling keys: there is more than fits the screen. */
export const whereScrolling = ({scrolls, typing}: KeyState) => scrolls && !typing;
/** For keys of an overlay. */
export const whereCovered = ({covered, typing}: KeyState) => covered && !typing;
