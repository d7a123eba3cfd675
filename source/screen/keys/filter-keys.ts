import {type Action, onPage} from './action.js';

/** Keys that choose which requests are shown. */
export const filterKeys: readonly Action[] = [
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
];
