/**
 * Encodes values of columns: text as JSON, so that any character is preserved and '' means undefined. Nullable columns
 * would cost a file each, and time on old servers.
 */
export const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** Decodes `textOf`. @throws SyntaxError for other text */
export const fromText = <Value>(text: string): Value | undefined =>
	text === '' ? undefined : (JSON.parse(text) as Value);

/** Represents an unknown number. */
const unknownNumber = Number.MIN_SAFE_INTEGER;

/** Encodes a number for a column without NULL. */
export const numberOf = (value: number | undefined): number => (value === undefined ? unknownNumber : whole(value));

/** Decodes `numberOf`; undefined if unknown. */
export const fromNumber = (value: number): number | undefined => (value === unknownNumber ? undefined : value);

/** An integer in the range that every server accepts: a rejected number would hold up all rows sent with it. */
export const whole = (value: number): number =>
	Number.isSafeInteger(value)
		? value
		: Math.trunc(Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value))) || 0;

/** An integer limited to an unsigned 32-bit column. */
export const whole32 = (value: number): number => Math.min(2 ** 32 - 1, Math.max(0, whole(value)));

/** An integer limited to an unsigned 64-bit column. */
export const count = (value: number): number => Math.max(0, whole(value));
