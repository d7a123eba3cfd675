/** The types of values in the JSON, as valibot schemas. Unknown is null. */
import * as v from 'valibot';

const integer = v.pipe(v.number(), v.integer(), v.minValue(0));
const dollarsNumber = v.number();

/** Adds the description of a key, for the JSON Schema. */
export const described = <Schema extends v.GenericSchema>(schema: Schema, meaning: string) =>
	v.pipe(schema, v.description(meaning));

/** A whole number, at least 0. */
export const count = (meaning: string) => described(integer, meaning);
/** A whole number, at least 0, or null if unknown. */
export const countOrNull = (meaning: string) => described(v.nullable(integer), meaning);

/** A mean or ratio, at least 0, or null. */
export const ratioOrNull = (meaning: string) => described(v.nullable(v.pipe(v.number(), v.minValue(0))), meaning);

/** Percent, 0–100, or null. */
export const percentOrNull = (meaning: string) =>
	described(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))), `${meaning} Percent, 0–100.`);

/** Dollars; negative is a loss. */
export const dollars = (meaning: string) => described(dollarsNumber, `${meaning} Dollars.`);
/** Dollars, or null if a price is unknown; negative is a loss. */
export const dollarsOrNull = (meaning: string) => described(v.nullable(dollarsNumber), `${meaning} Dollars.`);

/** Dollars, at least 0: a cost. */
export const cost = (meaning: string) => described(v.pipe(v.number(), v.minValue(0)), `${meaning} Dollars.`);
/** Dollars, at least 0, or null if a price is unknown. */
export const costOrNull = (meaning: string) =>
	described(v.nullable(v.pipe(v.number(), v.minValue(0))), `${meaning} Dollars.`);

/** Any text, which may contain names from the log unchanged. */
export const text = (meaning: string) => described(v.string(), meaning);
/** Any text, or null if the log does not report it. */
export const textOrNull = (meaning: string) => described(v.nullable(v.string()), meaning);

/** ISO 8601 in UTC, to the millisecond; years outside 0–9999 have a sign and six digits. */
export const instantValue = v.pipe(
	v.string(),
	v.regex(/^([+-]\d{6}|\d{4})-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
	v.description('ISO 8601 in UTC.'),
);
/** An instant as defined by `instantValue`. */
export const instant = (meaning: string) => described(instantValue, meaning);
/** An instant, or null if unknown. */
export const instantOrNull = (meaning: string) => described(v.nullable(instantValue), meaning);

/** One of a set of words. */
export const oneOf = <const Words extends readonly string[]>(words: Words, meaning: string) =>
	described(v.picklist(words), meaning);
/** One of a set of words, or null. */
export const oneOfOrNull = <const Words extends readonly string[]>(words: Words, meaning: string) =>
	described(v.nullable(v.picklist(words)), meaning);

/** A list, which may be empty. */
export const list = <Schema extends v.GenericSchema>(schema: Schema, meaning: string) =>
	v.pipe(v.array(schema), v.readonly(), v.description(meaning));
