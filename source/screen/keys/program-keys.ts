import {type Action, notTyping, onPage} from './action.js';

/** Quit, help and the other keys that come first in the footer. */
export const programKeys: readonly Action[] = [
	{
		id: 'quit',
		keys: ['q', 'ctrl-c'],
		keyLabel: 'q, Ctrl-C',
		description: 'Quit; closes the help or the sources first',
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
		id: 'sources',
		keys: ['!'],
		keyLabel: '!',
		description: 'Sources: each log, its format, and any problem',
		short: ({hasProblems}) => (hasProblems ? 'problems' : undefined),
		section: 'Screen',
		visible: notTyping,
	},
	{
		id: 'demo',
		keys: ['d'],
		keyLabel: 'd',
		description: 'Switch to a simulated backend, and back',
		short: ({inDemo}) => (inDemo ? 'back to the logs' : undefined),
		section: 'Screen',
		visible: state => onPage(state) && state.hasDemo,
	},
];
