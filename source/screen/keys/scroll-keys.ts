import {type Action, whereCovered, whereScrolling} from './action.js';

/** Keys that move within a page. */
export const scrollKeys: readonly Action[] = [
	{
		id: 'line',
		keys: ['k', 'up', 'j', 'down'],
		keyLabel: 'j k ↑ ↓',
		description: 'Select a row, or advice on the dashboard; scroll the help',
		short: ({selects, covered}) => (selects && !covered ? 'select' : 'scroll'),
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
		id: 'section',
		keys: ['shift-tab', 'tab'],
		keyLabel: 'Tab, Shift-Tab',
		description: 'In the help: to the next section, to the one before',
		short: 'section',
		section: 'Scrolling',
		visible: state => whereCovered(state) && state.hasSections,
	},
];
