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

/** Matches `12`, `-1.5`, `1,234,567`, `1_234`: also grouped digits. */
const digits = /^-?(?:\d{1,20}|\d{1,3}(?:[,_]\d{3}){1,6})(?:\.\d{1,20})?$/;

/** A number, also in quotes, as OTLP writes 64-bit integers, or with its type, as MongoDB does. */
export const numberOf = (value: unknown): number | undefined => {
	if (typeof value === 'number') {
		return value;
	}
	const text = typeof value === 'object' && value !== null ? typedNumber(value) : value;
	return typeof text === 'string' && text.length <= 48 && digits.test(text)
		? Number(text.replaceAll(/[,_]/g, ''))
		: undefined;
};

const typedNumber = (value: object): unknown => {
	const {$numberInt, $numberLong, $numberDouble} = value as JsonObject;
	return $numberInt ?? $numberLong ?? $numberDouble;
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
