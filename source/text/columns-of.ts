import type stringWidthOf from 'string-width';
import {lazy} from '../system/lazy.js';

const stringWidth = lazy<{readonly default: typeof stringWidthOf}>('string-width');

/** 7-bit characters, Latin letters, and what reports and the screen draw with: all of one column. */
const narrow =
	/^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2193\u2500-\u25B2\u25B8\u25BC\u25C2\u25CF\u2691\u2715\u23CE\u2016\u2800-\u28FF]*$/;

/**
 * Columns that text takes on a terminal. Most text is plain, and measuring it by graphemes takes a frame's time; a
 * report in plain text is printed before the measuring would be loaded.
 */
export const columnsOf = (text: string): number => (narrow.test(text) ? text.length : stringWidth().default(text));
