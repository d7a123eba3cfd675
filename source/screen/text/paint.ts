import {styled, type Theme} from '../theme.js';
import {toAscii} from './ascii.js';
import type {Line} from './line.js';

/** How lines are turned into characters for a terminal. */
export type Paint = {
	readonly theme: Theme;
	/** False allows 7-bit characters only. */
	readonly unicode: boolean;
};

/** A line as text with escape sequences, of the same width. */
export const paint = (line: Line, {theme, unicode}: Paint): string =>
	line.map(({text, token}) => styled(unicode ? text : toAscii(text), token, theme)).join('');
