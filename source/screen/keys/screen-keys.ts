import {type Action, always, onPage, whereCovered} from './action.js';

/** The picture itself. */
export const screenKeys: readonly Action[] = [
	{
		id: 'pause',
		keys: ['p', 'space'],
		keyLabel: 'p, Space',
		description: 'Freeze the screen (reading goes on); resume',
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
		id: 'theme',
		keys: ['t'],
		keyLabel: 't',
		description: 'Theme: dark, light, monochrome',
		short: 'theme',
		section: 'Screen',
		visible: onPage,
	},
	{
		id: 'close',
		keys: ['escape'],
		keyLabel: 'Esc',
		description: 'Close the help, the sources',
		short: 'close',
		section: 'Screen',
		visible: whereCovered,
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
