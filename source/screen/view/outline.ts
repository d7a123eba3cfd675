import {columnsOf} from '../../text/columns-of.js';
import {styledAs} from '../text/line.js';
import {type Paint, paint} from '../text/paint.js';

/** The first row of the screen while everything else about it is still being loaded. */
export const outline = (columns: number, look: Paint): string => {
	const name = ' hitrate';
	const state = '● reading ';
	const room = Math.max(1, columns - columnsOf(name) - columnsOf(state));
	return paint([...styledAs('text.title', name), ...styledAs('status.fair', `${' '.repeat(room)}${state}`)], look);
};
