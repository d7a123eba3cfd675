/** Values of parsed JSON, whose shape is not guaranteed. */

/** A JSON object with unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is an object; undefined for lists, null and everything else. */
export const objectOf = (value: unknown): JsonObject | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;

/** The value if it is a list; else an empty list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value if it is a non-empty text. */
export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** Matches `12`, `-1.5`, `1,234,567`: also grouped digits. */
const digits = /^-?(?:\d{1,20}|\d{1,3}(?:,\d{3}){1,6})(?:\.\d{1,20})?$/;

/** A number, also in quotes, as OTLP writes 64-bit integers. */
export const numberOf = (value: unknown): number | undefined => {
	if (typeof value === 'number') {
		return value;
	}
	return typeof value === 'string' && value.length <= 48 && digits.test(value)
		? Number(value.replaceAll(',', ''))
		: undefined;
};

/** The text under the first of these names that has one. */
export const textAt = (object: JsonObject | undefined, ...names: readonly string[]): string | undefined => {
	for (const name of names) {
		const text = textOf(object?.[name]);
		if (text !== undefined) {
			return text;
		}
	}
	return undefined;
};
