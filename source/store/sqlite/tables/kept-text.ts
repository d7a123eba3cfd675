/**
 * Encodes text for a column. Most text is stored unchanged. Text that the engine would change (it ends at a zero byte,
 * and has no lone surrogates), and text that starts with a quote, is stored as a JSON string.
 */
export const keptText = (text: string): string =>
	text.startsWith('"') || text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text) : text;

/** Decodes text from a column. */
export const textFrom = (kept: string): string => (kept.startsWith('"') ? (JSON.parse(kept) as string) : kept);
