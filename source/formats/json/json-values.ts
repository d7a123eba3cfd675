/** Values out of parsed JSON, of which nothing guarantees the shape. */

/** A JSON object, of whose members nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value, if it is an object; undefined for lists, null and everything else. */
export const objectOf = (value: unknown): JsonObject | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** The value, if it is a list; an empty one for everything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value, if it is a text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** `12`, `-1.5`, `1,234,567`: also digits that a writer grouped. */
const digits = /^-?(?:\d{1,20}|\d{1,3}(?:,\d{3}){1,6})(?:\.\d{1,20})?$/;

/** A number, also one that a writer put into quotes, as OTLP does with its 64-bit integers. */
export const numberOf = (value: unknown): number | undefined => {
	if (typeof value === 'number') {
		return value;
	}
	return typeof value === 'string' && value.length <= 48 && digits.test(value)
		? Number(value.replaceAll(',', ''))
		: undefined;
};

/** The text under the first of these names that holds one. */
export const textAt = (object: JsonObject | undefined, ...names: readonly string[]): string | undefined => {
	for (const name of names) {
		const text = textOf(object?.[name]);
		if (text !== undefined) {
			return text;
		}
	}
	return undefined;
};
