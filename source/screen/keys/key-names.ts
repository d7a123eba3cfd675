/** What Ink tells of a key. */
type KeyPress = {
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
