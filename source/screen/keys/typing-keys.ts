import {type Action, whereTyping} from './action.js';

/** Keys of the input line; all others are text there. */
export const typingKeys: readonly Action[] = [
	{
		id: 'keep',
		keys: ['enter'],
		keyLabel: 'Enter',
		description: 'While typing: apply',
		short: undefined,
		section: 'Typing',
		visible: whereTyping,
	},
	{
		id: 'cancel',
		keys: ['escape', 'ctrl-c'],
		keyLabel: 'Esc, Ctrl-C',
		description: 'While typing: cancel',
		short: undefined,
		section: 'Typing',
		visible: whereTyping,
	},
	{
		id: 'erase',
		keys: ['backspace'],
		keyLabel: 'Backspace',
		description: 'While typing: delete a character',
		short: undefined,
		section: 'Typing',
		visible: whereTyping,
	},
	{
		id: 'empty',
		keys: ['ctrl-u'],
		keyLabel: 'Ctrl-U',
		description: 'While typing: clear the line',
		short: undefined,
		section: 'Typing',
		visible: whereTyping,
	},
];
