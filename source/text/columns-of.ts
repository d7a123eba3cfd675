import stringWidth from 'string-width';
import {isNarrow} from './narrow.js';

/** Columns that a text occupies on a terminal. */
export const columnsOf = (text: string): number => (isNarrow(text) ? text.length : stringWidth(text));
