/**
 * Text as an SQL literal: the only place where text from a log or user becomes part of a statement. ClickHouse escapes
 * with backslashes; old servers have no query parameters.
 */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Whole numbers as SQL. @throws RangeError if the number is not whole */
export const integer = (value: number): string => {
	if (!Number.isSafeInteger(value)) {
		throw new RangeError(`${value} is not a whole number`);
	}
	return String(value);
};

/** A list of texts as SQL, for `IN`; an empty list matches nothing. */
export const literals = (texts: readonly string[]): string => `(${texts.map(literal).join(', ') || 'NULL'})`;
