import {columnsOf} from '../../text/columns-of.js';
import {type Line, styledAs} from '../text/line.js';

/** The first row of the screen while everything else about it is still being loaded. */
export const outline = (columns: number): Line => {
	const name = ' hitrate';
	const state = '● reading ';
	const room = Math.max(1, columns - columnsOf(name) - columnsOf(state));
	return [...styledAs('text.title', name), ...styledAs('status.fair', `${' '.repeat(room)}${state}`)];
};
