import {type Action, onPage} from './action.js';

/** Two windows or groups side by side. */
export const compareKeys: readonly Action[] = [
	{
		id: 'compare',
		keys: ['c'],
		keyLabel: 'c',
		description:
			'Compare with another window or group, side by side: previous, 7d, FROM..TO, mark=NAME, model=NAME, project=NAME …',
		short: 'compare',
		section: 'Window',
		visible: state => onPage(state) && state.hasData,
	},
];
