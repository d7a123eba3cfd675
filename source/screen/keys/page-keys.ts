import {type Action, onPage} from './action.js';

/** From page to page, and into threads. */
export const pageKeys: readonly Action[] = [
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
];
