/**
 * Maximum characters of a list in a statement: servers parse 256 KiB, and a character may take four bytes and a
 * backslash.
 */
const longestList = 40_000;

/** True if a list of these expressions is short enough for one statement. */
export const isOneList = (parts: readonly string[]): boolean =>
	parts.reduce((length, part) => length + part.length + 2, 0) <= longestList;

/** Divides names into lists that are short enough for one statement each. */
export const chunksOf = (names: readonly string[]): readonly (readonly string[])[] => {
	const chunks: string[][] = [];
	let length = Number.POSITIVE_INFINITY;
	for (const name of names) {
		length += name.length + 4;
		if (length > longestList) {
			chunks.push([]);
			length = name.length + 4;
		}
		chunks.at(-1)?.push(name);
	}
	return chunks;
};
