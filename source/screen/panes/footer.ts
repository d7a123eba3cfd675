import type {Action, ActionId, KeyState} from '../keys/action.js';
import {actions} from '../keys/keymap.js';
import {lineOf} from '../text/arrange.js';
import {fitted} from '../text/cut.js';
import {type Line, muted, space, styledAs} from '../text/line.js';

const gap = 2;
/** Keys that the footer always shows; so is the key that resumes a frozen screen. */
const neverDropped: ReadonlySet<ActionId> = new Set(['quit', 'help']);

const staysIn = (state: KeyState, id: ActionId): boolean => neverDropped.has(id) || (id === 'pause' && state.paused);

const entry = ({keyLabel, short}: Action, state: KeyState): Line => {
	const [keys = ''] = keyLabel.split(',');
	const words = typeof short === 'function' ? short(state) : short;
	return words === undefined ? [] : [...styledAs('key', keys), ...muted(` ${words}`)];
};

/**
 * One row of exactly `columns`: the keys that work at the moment. On narrow screens the rightmost are dropped first.
 */
export const footer = (state: KeyState, columns: number): Line => {
	const parts = actions
		.filter(action => action.visible(state))
		.map((action, index) => ({
			line: entry(action, state),
			keep: staysIn(state, action.id) ? Number.POSITIVE_INFINITY : -index,
		}));
	return fitted([...space(1), ...lineOf(parts, columns - 2, gap)], columns);
};

/** One row of exactly `columns`: a message, which replaces the footer until the user has read it. */
export const messageLine = (message: Line, columns: number): Line => fitted([...space(1), ...message], columns);
