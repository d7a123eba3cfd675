/** One table of what keys do. Dispatch, footer, help and the readme's table are all made from it. */

/** What decides whether a key does anything now. */
export type KeyState = {
	readonly helpOpen: boolean;
	/** The page is longer than its room. */
	readonly scrolls: boolean;
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

export type Section = 'Window' | 'Screen' | 'Scrolling';

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
const onPage = ({helpOpen}: KeyState) => !helpOpen;
const whereScrolling = ({scrolls}: KeyState) => scrolls;

/** In the order of the footer. */
export const actions: readonly Action[] = [
	{
		id: 'quit',
		keys: ['q', 'ctrl-c'],
		keyLabel: 'q, Ctrl-C',
		description: 'Quit; closes the help first',
		short: 'quit',
		section: 'Screen',
		visible: always,
	},
	{
		id: 'help',
		keys: ['?'],
		keyLabel: '?',
		description: 'Show or close the help',
		short: 'help',
		section: 'Screen',
		visible: always,
	},
	{
		id: 'demo',
		keys: ['d'],
		keyLabel: 'd',
		description: 'Switch to a simulated backend',
		short: 'demo',
		section: 'Screen',
		visible: state => onPage(state) && state.hasDemo,
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
		description: 'Scroll a line: of the help, or of what to do where it is cut',
		short: 'scroll',
		section: 'Scrolling',
		visible: whereScrolling,
	},
	{
		id: 'page',
		keys: ['pageup', 'pagedown'],
		keyLabel: 'PgUp PgDn',
		description: 'Scroll a page',
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
		visible: ({helpOpen}) => helpOpen,
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
	pageUp: 'pageup',
	pageDown: 'pagedown',
	home: 'home',
	end: 'end',
	escape: 'escape',
} as const;

/** The name of a key in the table: `q`, `ctrl-c`, `pageup`. */
export const keyName = (input: string, key: KeyPress): string => {
	const special = (Object.keys(named) as (keyof typeof named)[]).find(name => key[name]);
	if (special) {
		return named[special];
	}
	if (key.ctrl) {
		return `ctrl-${input}`;
	}
	// Alt with a letter is not that letter.
	return key.meta ? `alt-${input}` : input === ' ' ? 'space' : input;
};

/** What a key does now, if anything. */
export const actionFor = (key: string, state: KeyState): Action | undefined =>
	actions.find(action => action.keys.includes(key) && action.visible(state));

/** Which of an action's keys were meant to go back or up (-1), or on or down (1). */
export const directionOf = ({keys}: Action, key: string): -1 | 1 => (keys.indexOf(key) < keys.length / 2 ? -1 : 1);

const everything: KeyState = {
	helpOpen: false,
	scrolls: true,
	inPast: true,
	hasLength: true,
	hasData: true,
	hasDemo: true,
	paused: false,
};

/** The keys that a help page lists by section: all that can be of use in this session, now or later. */
export const helpSections = (
	session: Pick<KeyState, 'hasDemo'>,
): readonly {readonly title: Section; readonly actions: readonly Action[]}[] =>
	(['Window', 'Screen', 'Scrolling'] as const).map(title => ({
		title,
		actions: actions.filter(
			action =>
				action.section === title &&
				(action.visible({...everything, ...session}) || action.visible({...everything, ...session, helpOpen: true})),
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
