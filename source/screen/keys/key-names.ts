/** The part of Ink's `Key` that names are made of. */
type KeyPress = {
	readonly upArrow?: boolean;
	readonly downArrow?: boolean;
	readonly leftArrow?: boolean;
	readonly rightArrow?: boolean;
	readonly return?: boolean;
	readonly tab?: boolean;
	readonly shift?: boolean;
	/** Terminals report Backspace as this or as `delete`. */
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

/** The name of a key in the keymap, such as `q`, `ctrl-c` or `pageup`. Empty for pasted text. */
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
	// Alt with a letter is a key of its own, not the letter.
	return key.meta ? `alt-${input}` : input === ' ' ? 'space' : input;
};

/** The text that a key or a paste adds to an input line; empty for keys that write nothing. */
export const keyText = (input: string, key: KeyPress): string =>
	specialOf(key) || key.ctrl || key.meta ? '' : input.replaceAll(/\p{Cc}/gu, '');
