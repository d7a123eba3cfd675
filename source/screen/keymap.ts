/** One table of what keys do. Dispatch, footer, help and the readme's table are all made from it. */

/** What decides whether a key does anything now. */
export type KeyState = {
	readonly helpOpen: boolean;
	/** A filter is being typed. */
	readonly typing: boolean;
	/** The page is longer than its room, or a list to move in. */
	readonly scrolls: boolean;
	/** There is a list, in which keys move instead of scrolling. */
	readonly selects: boolean;
	/** There is something to open. */
	readonly opens: boolean;
	/** A thread is open. */
	readonly inThread: boolean;
	/** The list can be sorted. */
	readonly sorts: boolean;
	/** A typed filter is on. */
	readonly filtered: boolean;
	/** The window ends before now. */
	readonly inPast: boolean;
	/** The window has a length to step by. */
	readonly hasLength: boolean;
	/** There is something to export. */
	readonly hasData: boolean;
	/** There is a demo to switch to. */
	readonly hasDemo: boolean;
	readonly paused: boolean;
};

export type ActionId =
	| 'quit'
	| 'help'
	| 'close'
	| 'tab'
	| 'open'
	| 'back'
	| 'neighbour'
	| 'sort'
	| 'filter'
	| 'clear'
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
	| 'line'
	| 'page'
	| 'ends'
	| 'repaint'
	| 'suspend';

export type Section = 'Pages' | 'Filter' | 'Window' | 'Screen' | 'Scrolling';

export type Action = {
	readonly id: ActionId;
	/** Names as `keyName` gives them. Where they come in pairs, the one that goes back or up stands first. */
	readonly keys: readonly string[];
	readonly keyLabel: string;
	/** For help and readme. */
	readonly description: string;
	/** For the footer; undefined where it has no place there. */
	readonly short: string | undefined | ((state: KeyState) => string);
	readonly section: Section;
	/** Whether it does anything now. */
	readonly visible: (state: KeyState) => boolean;
};

const always = () => true;
const onPage = ({helpOpen, typing}: KeyState) => !helpOpen && !typing;
const whereTyping = ({typing}: KeyState) => typing;
const notTyping = ({typing}: KeyState) => !typing;
const whereScrolling = ({scrolls, typing}: KeyState) => scrolls && !typing;

/** In the order of the footer. */
export const actions: readonly Action[] = [
	{
		id: 'quit',
		keys: ['q', 'ctrl-c'],
		keyLabel: 'q, Ctrl-C',
		description: 'Quit; closes the help first',
		short: 'quit',
		section: 'Screen',
		visible: notTyping,
	},
	{
		id: 'help',
		keys: ['?'],
		keyLabel: '?',
		description: 'Show or close the help',
		short: 'help',
		section: 'Screen',
		visible: notTyping,
	},
	{
		id: 'demo',
		keys: ['d'],
		keyLabel: 'd',
		description: 'Switch to a simulated backend, and back',
		short: 'demo',
		section: 'Screen',
		visible: state => onPage(state) && state.hasDemo,
	},
	{
		id: 'tab',
		keys: ['shift-tab', 'tab'],
		keyLabel: 'Tab, Shift-Tab',
		description: 'The next page, the page before',
		short: 'page',
		section: 'Pages',
		visible: onPage,
	},
	{
		id: 'back',
		keys: ['escape', 'backspace'],
		keyLabel: 'Esc, Backspace',
		description: 'Back from a thread to the page it was opened on',
		short: 'back',
		section: 'Pages',
		visible: state => onPage(state) && state.inThread,
	},
	{
		id: 'open',
		keys: ['enter'],
		keyLabel: 'Enter',
		description: 'Open the thread: of the row, at its request; on the dashboard the one that lost the most',
		short: ({selects}) => (selects ? 'open' : 'worst thread'),
		section: 'Pages',
		visible: state => onPage(state) && state.opens,
	},
	{
		id: 'sort',
		keys: ['s'],
		keyLabel: 's',
		description: 'Sort the threads by another column',
		short: 'sort',
		section: 'Pages',
		visible: state => onPage(state) && state.sorts,
	},
	{
		id: 'neighbour',
		keys: ['left', 'h', 'right', 'l'],
		keyLabel: '← →',
		description: 'The thread before, the thread after, in the order of the threads (also h l)',
		short: 'thread',
		section: 'Pages',
		visible: state => onPage(state) && state.inThread,
	},
	{
		id: 'filter',
		keys: ['/'],
		keyLabel: '/',
		description: 'Show only requests whose thread, model, project or log holds what you type',
		short: 'filter',
		section: 'Filter',
		visible: onPage,
	},
	{
		id: 'clear',
		keys: ['escape'],
		keyLabel: 'Esc',
		description: 'Show all requests again',
		short: 'clear filter',
		section: 'Filter',
		visible: state => onPage(state) && state.filtered && !state.inThread,
	},
	{
		id: 'keep',
		keys: ['enter'],
		keyLabel: 'Enter',
		description: 'While typing: keep the filter',
		short: 'keep',
		section: 'Filter',
		visible: whereTyping,
	},
	{
		id: 'cancel',
		keys: ['escape', 'ctrl-c'],
		keyLabel: 'Esc, Ctrl-C',
		description: 'While typing: clear the filter',
		short: 'clear',
		section: 'Filter',
		visible: whereTyping,
	},
	{
		id: 'erase',
		keys: ['backspace'],
		keyLabel: 'Backspace',
		description: 'While typing: take back a character',
		short: undefined,
		section: 'Filter',
		visible: whereTyping,
	},
	{
		id: 'empty',
		keys: ['ctrl-u'],
		keyLabel: 'Ctrl-U',
		description: 'While typing: take back everything',
		short: undefined,
		section: 'Filter',
		visible: whereTyping,
	},
	{
		id: 'preset',
		keys: ['1', '2', '3', '4', '5', '6', '7'],
		keyLabel: '1-7',
		description: 'The last 15 min, 1 h, 6 h, 24 h, 7 d, 30 d, or all',
		short: 'window',
		section: 'Window',
		visible: onPage,
	},
	{
		id: 'now',
		keys: ['0'],
		keyLabel: '0',
		description: 'Return to now',
		short: 'now',
		section: 'Window',
		visible: state => onPage(state) && state.inPast,
	},
	{
		id: 'step',
		keys: ['[', ']'],
		keyLabel: '[ ]',
		description: 'The window before, the window after',
		short: 'back/forward',
		section: 'Window',
		visible: state => onPage(state) && state.hasLength,
	},
	{
		id: 'widen',
		keys: ['-', '_', '+', '='],
		keyLabel: '+ -',
		description: 'A wider, a narrower window',
		short: 'wider/narrower',
		section: 'Window',
		visible: onPage,
	},
	{
		id: 'pause',
		keys: ['p', 'space'],
		keyLabel: 'p, Space',
		description: 'Hold the picture still and go on reading; continue',
		short: ({paused}) => (paused ? 'continue' : 'pause'),
		section: 'Screen',
		visible: onPage,
	},
	{
		id: 'export',
		keys: ['e'],
		keyLabel: 'e',
		description: 'Export what is shown to files',
		short: 'export',
		section: 'Screen',
		visible: state => onPage(state) && state.hasData,
	},
	{
		id: 'line',
		keys: ['k', 'up', 'j', 'down'],
		keyLabel: 'j k ↑ ↓',
		description: 'Select a row; scroll the help, or what to do where it is cut',
		short: ({selects, helpOpen}) => (selects && !helpOpen ? 'select' : 'scroll'),
		section: 'Scrolling',
		visible: whereScrolling,
	},
	{
		id: 'page',
		keys: ['pageup', 'pagedown'],
		keyLabel: 'PgUp PgDn',
		description: 'A page up, a page down',
		short: undefined,
		section: 'Scrolling',
		visible: whereScrolling,
	},
	{
		id: 'ends',
		keys: ['g', 'home', 'G', 'end'],
		keyLabel: 'g G',
		description: 'To the beginning, to the end',
		short: undefined,
		section: 'Scrolling',
		visible: whereScrolling,
	},
	{
		id: 'theme',
		keys: ['t'],
		keyLabel: 't',
		description: 'With or without colour',
		short: 'theme',
		section: 'Screen',
		visible: onPage,
	},
	{
		id: 'close',
		keys: ['escape'],
		keyLabel: 'Esc',
		description: 'Close the help',
		short: 'close',
		section: 'Screen',
		visible: ({helpOpen, typing}) => helpOpen && !typing,
	},
	{
		id: 'repaint',
		keys: ['ctrl-l'],
		keyLabel: 'Ctrl-L',
		description: 'Draw everything again',
		short: undefined,
		section: 'Screen',
		visible: always,
	},
	{
		id: 'suspend',
		keys: ['ctrl-z'],
		keyLabel: 'Ctrl-Z',
		description: 'To the shell; `fg` comes back',
		short: undefined,
		section: 'Screen',
		visible: always,
	},
];

/** What Ink tells of a key. */
export type KeyPress = {
	readonly upArrow?: boolean;
	readonly downArrow?: boolean;
	readonly leftArrow?: boolean;
	readonly rightArrow?: boolean;
	readonly return?: boolean;
	readonly tab?: boolean;
	readonly shift?: boolean;
	/** Backspace comes as this or as `delete`, by the terminal. */
	readonly backspace?: boolean;
	readonly delete?: boolean;
	readonly pageUp?: boolean;
	readonly pageDown?: boolean;
	readonly home?: boolean;
	readonly end?: boolean;
	readonly escape?: boolean;
	readonly ctrl?: boolean;
	readonly meta?: boolean;
};

const named = {
	upArrow: 'up',
	downArrow: 'down',
	leftArrow: 'left',
	rightArrow: 'right',
	return: 'enter',
	tab: 'tab',
	backspace: 'backspace',
	delete: 'backspace',
	pageUp: 'pageup',
	pageDown: 'pagedown',
	home: 'home',
	end: 'end',
	escape: 'escape',
} as const;

const specialOf = (key: KeyPress) => (Object.keys(named) as (keyof typeof named)[]).find(name => key[name]);

/** The name of a key in the table: `q`, `ctrl-c`, `pageup`; empty for pasted text, which is no key. */
export const keyName = (input: string, key: KeyPress): string => {
	const special = specialOf(key);
	if (special) {
		return special === 'tab' && key.shift ? 'shift-tab' : named[special];
	}
	if (Array.from(input).length > 1) {
		return '';
	}
	if (key.ctrl) {
		return `ctrl-${input}`;
	}
	// Alt with a letter is not that letter.
	return key.meta ? `alt-${input}` : input === ' ' ? 'space' : input;
};

/** What a key or a paste writes into a line of text; empty where it is none. */
export const keyText = (input: string, key: KeyPress): string =>
	specialOf(key) || key.ctrl || key.meta ? '' : input.replaceAll(/\p{Cc}/gu, '');

/** What a key does now, if anything. */
export const actionFor = (key: string, state: KeyState): Action | undefined =>
	actions.find(action => action.keys.includes(key) && action.visible(state));

/** Which of an action's keys were meant to go back or up (-1), or on or down (1). */
export const directionOf = ({keys}: Action, key: string): -1 | 1 => (keys.indexOf(key) < keys.length / 2 ? -1 : 1);

const everything: KeyState = {
	helpOpen: false,
	typing: false,
	scrolls: true,
	selects: true,
	opens: true,
	inThread: false,
	sorts: true,
	filtered: true,
	inPast: true,
	hasLength: true,
	hasData: true,
	hasDemo: true,
	paused: false,
};

/** Together they show every action that a session can have. */
const situations: readonly Partial<KeyState>[] = [{}, {helpOpen: true}, {inThread: true}, {typing: true}];

/** The keys that a help page lists by section: all that can be of use in this session, now or later. */
export const helpSections = (
	session: Pick<KeyState, 'hasDemo'>,
): readonly {readonly title: Section; readonly actions: readonly Action[]}[] =>
	(['Pages', 'Window', 'Screen', 'Scrolling', 'Filter'] as const).map(title => ({
		title,
		actions: actions.filter(
			action =>
				action.section === title &&
				situations.some(situation => action.visible({...everything, ...session, ...situation})),
		),
	}));

/** The table of keys as the readme has it. */
export const keymapMarkdown = (): string =>
	[
		'| key | does |',
		'|---|---|',
		...helpSections({hasDemo: true}).flatMap(section =>
			section.actions.map(({keyLabel, description}) => {
				const keys = keyLabel
					.split(/,? /)
					.map(key => `\`${key}\``)
					.join(' ');
				return `| ${keys} | ${description} |`;
			}),
		),
	].join('\n');
