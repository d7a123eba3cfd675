import {columnsOf} from '../../text/columns-of.js';
import type {Token} from '../theme.js';

/** Text of one meaning. Holds no control characters: what comes from outside has gone through `sanitize`. */
export type Span = {readonly text: string; readonly token: Token};

/** One row of the screen, or a part of one. */
export type Line = readonly Span[];

const spanOf =
	(token: Token) =>
	(text: string): Line => [{text, token}];

/** Text in the usual colour. */
export const primary = spanOf('text.primary');
/** Text that stands out: the figure of a line. */
export const strong = spanOf('text.strong');
/** Text that steps back: labels, units, notes. */
export const muted = spanOf('text.muted');
/** Text with a token of the theme. */
export const styledAs = (token: Token, text: string): Line => [{text, token}];

/** Blanks of a width; none for a negative number. */
export const space = (columns: number): Line => primary(' '.repeat(Math.max(0, columns)));

/** Columns that a line takes on a terminal. */
export const widthOf = (line: Line): number => line.reduce((sum, {text}) => sum + columnsOf(text), 0);

/** A line without its colours. */
export const textOf = (line: Line): string => line.map(({text}) => text).join('');

/** The lines that say something, with `gap` columns between them. */
export const joined = (lines: readonly Line[], gap = 1): Line =>
	lines
		.filter(line => line.length > 0)
		.flatMap((line, index) => (index === 0 || gap === 0 ? line : [...space(gap), ...line]));

/** Filled up with spaces on the right; longer lines stay as they are. */
export const padEnd = (line: Line, columns: number): Line => {
	const missing = columns - widthOf(line);
	return missing > 0 ? [...line, ...space(missing)] : line;
};

/** Filled up with spaces on the left. */
export const padStart = (line: Line, columns: number): Line => {
	const missing = columns - widthOf(line);
	return missing > 0 ? [...space(missing), ...line] : line;
};
