/** ASCII, Latin letters, and what reports and the screen draw with. */
const narrow =
	/^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2193\u2500-\u25B2\u25B8\u25BC\u25C2\u25CB\u25CF\u2691\u2715\u2717\u23CE\u2016\u2800-\u28FF]*$/;

/**
 * True if each UTF-16 unit of a text is a character of one column. Most text is, and determining widths otherwise takes
 * the time of a frame, the first time of several.
 */
export const isNarrow = (text: string): boolean => narrow.test(text);
