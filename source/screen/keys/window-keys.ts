import {type Action, onPage} from './action.js';

/** Keys that change the time window. */
export const windowKeys: readonly Action[] = [
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
		id: 'range',
		keys: ['w'],
		keyLabel: 'w',
		description: 'Custom range: a length, a start, or start .. end (90m, 2026-11-22, yesterday 14:00 .. now)',
		short: 'range',
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
		short: ({hasLength}) => (hasLength ? 'back/forward' : undefined),
		section: 'Window',
		visible: onPage,
	},
	{
		id: 'widen',
		keys: ['-', '_', '+', '='],
		keyLabel: '+ -',
		description: 'A wider, a narrower window',
		short: 'zoom',
		section: 'Window',
		visible: onPage,
	},
	{
		id: 'mark',
		keys: ['m'],
		keyLabel: 'm',
		description: 'Mark this moment in the trend: type a name (a deploy, a new prompt)',
		short: 'mark',
		section: 'Window',
		visible: onPage,
	},
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
