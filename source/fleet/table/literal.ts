/**
 * Text as SQL: the only place where what a log or a user wrote becomes part of a statement. ClickHouse knows the
 * backslash in literals; old servers have no query parameters.
 */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Whole numbers as SQL. @throws RangeError for what is no whole number */
export const integer = (value: number): string => {
	if (!Number.isSafeInteger(value)) {
		throw new RangeError(`${value} is not a whole number`);
	}
	return String(value);
};

/** A list of texts as SQL, for `IN`; an empty one holds nothing. */
export const literals = (texts: readonly string[]): string => `(${texts.map(literal).join(', ') || 'NULL'})`;
