import {sanitize} from '../../text/sanitize.js';
import {atEdges} from '../text/arrange.js';
import {cutStart, fitted} from '../text/cut.js';
import {type Line, muted, primary, space, styledAs, widthOf} from '../text/line.js';

const gap = 2;
const leastText = 12;

/** `Enter apply  Esc cancel`: what the two keys that end typing do. */
export const promptKeys = (onEnter: string, onEscape: string): Line => [
	...styledAs('key', 'Enter'),
	...muted(` ${onEnter}  `),
	...styledAs('key', 'Esc'),
	...muted(` ${onEscape}`),
];

/**
 * One row of exactly `columns` in the place of the footer: what is typed, of which the end is seen, and beside it what
 * there is room for.
 * @param beside from the fullest wording to the barest
 */
export const promptLine = (label: string, text: string, beside: readonly Line[], columns: number): Line => {
	const fixed = 2 + label.length + 1 + gap;
	const right = beside.find(line => columns - fixed - widthOf(line) >= leastText) ?? [];
	const left: Line = [
		...styledAs('key', label),
		...primary(cutStart(sanitize(text), columns - fixed - widthOf(right))),
		// The terminal's own cursor is hidden.
		...styledAs('notice', ' '),
	];
	return fitted([...space(1), ...atEdges(left, right, columns - 2)], columns);
};
