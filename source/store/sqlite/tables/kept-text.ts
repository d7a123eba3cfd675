/**
 * Text as it is kept in a column. Most is kept as it is; what the engine would change (it ends text at a zero byte, and
 * has no halves of surrogate pairs) and what begins with a quote is kept as a JSON string.
 */
export const keptText = (text: string): string =>
	text.startsWith('"') || text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text) : text;

/** The text that a column keeps. */
export const textFrom = (kept: string): string => (kept.startsWith('"') ? (JSON.parse(kept) as string) : kept);
