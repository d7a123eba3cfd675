import {sanitize} from '../../text/sanitize.js';
import {atEdges} from '../text/arrange.js';
import {cutStart, fitted} from '../text/cut.js';
import {type Line, muted, primary, space, styledAs, widthOf} from '../text/line.js';

const gap = 2;
const leastText = 12;

/** `Enter apply  Esc cancel`: what the two keys that close the input line do. */
export const promptKeys = (onEnter: string, onEscape: string): Line => [
	...styledAs('key', 'Enter'),
	...muted(` ${onEnter}  `),
	...styledAs('key', 'Esc'),
	...muted(` ${onEscape}`),
];

/**
 * One row of exactly `columns`, in place of the footer: the end of the typed text, and as much of `beside` as fits.
 * @param beside candidates, longest wording first
 */
export const promptLine = (label: string, text: string, beside: readonly Line[], columns: number): Line => {
	const fixed = 2 + label.length + 1 + gap;
	const right = beside.find(line => columns - fixed - widthOf(line) >= leastText) ?? [];
	const left: Line = [
		...styledAs('key', label),
		...primary(cutStart(sanitize(text), columns - fixed - widthOf(right))),
		// The terminal's own cursor is hidden, so draw one.
		...styledAs('notice', ' '),
	];
	return fitted([...space(1), ...atEdges(left, right, columns - 2)], columns);
};
