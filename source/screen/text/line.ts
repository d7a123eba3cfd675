import {columnsOf} from '../../text/columns-of.js';
import type {Token} from '../theme.js';

/** Text with one token of the theme. Contains no control characters: text from outside has passed `sanitize`. */
export type Span = {readonly text: string; readonly token: Token};

/** One row of the screen, or a part of one. */
export type Line = readonly Span[];

const spanOf =
	(token: Token) =>
	(text: string): Line => [{text, token}];

/** Text in the default colour. */
export const primary = spanOf('text.primary');
/** Emphasised text, such as the figure of a line. */
export const strong = spanOf('text.strong');
/** Text in the background: labels, units, notes. */
export const muted = spanOf('text.muted');
/** Text with a token of the theme. */
export const styledAs = (token: Token, text: string): Line => [{text, token}];

/** Spaces; none for a negative number of columns. */
export const space = (columns: number): Line => primary(' '.repeat(Math.max(0, columns)));

/** Columns that a line occupies on a terminal. */
export const widthOf = (line: Line): number => line.reduce((sum, {text}) => sum + columnsOf(text), 0);

/** A line without its colours. */
export const textOf = (line: Line): string => line.map(({text}) => text).join('');

/** The lines that are not empty, with `gap` columns between them. */
export const joined = (lines: readonly Line[], gap = 1): Line =>
	lines
		.filter(line => line.length > 0)
		.flatMap((line, index) => (index === 0 || gap === 0 ? line : [...space(gap), ...line]));

/** Padded with spaces on the right; longer lines are returned unchanged. */
export const padEnd = (line: Line, columns: number): Line => {
	const missing = columns - widthOf(line);
	return missing > 0 ? [...line, ...space(missing)] : line;
};

/** Padded with spaces on the left; longer lines are returned unchanged. */
export const padStart = (line: Line, columns: number): Line => {
	const missing = columns - widthOf(line);
	return missing > 0 ? [...space(missing), ...line] : line;
};
