/**
 * How values stand in columns: a text as JSON, so that any character survives and '' is left for undefined; a number
 * that is not known as one that no log tells. Nullable columns would cost a file each, and time on old servers.
 */
export const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** What `textOf` wrote. @throws SyntaxError for what it did not write */
export const fromText = <Value>(text: string): Value | undefined =>
	text === '' ? undefined : (JSON.parse(text) as Value);

/** Stands for an unknown number. */
const unknownNumber = Number.MIN_SAFE_INTEGER;

/** A number as a column without NULL holds it. */
export const numberOf = (value: number | undefined): number => (value === undefined ? unknownNumber : whole(value));

/** The number that a column holds; undefined if it stands for an unknown one. */
export const fromNumber = (value: number): number | undefined => (value === unknownNumber ? undefined : value);

/** A number that every server takes for whole: one that it refuses would hold up all rows that are sent with it. */
export const whole = (value: number): number =>
	Number.isSafeInteger(value)
		? value
		: Math.trunc(Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value))) || 0;

/** The same, bounded to a column of 32 bits without a sign. */
export const whole32 = (value: number): number => Math.min(2 ** 32 - 1, Math.max(0, whole(value)));

/** The same for 64 bits. */
export const count = (value: number): number => Math.max(0, whole(value));
