import type {Usage} from '../../request.js';
import type {Sum} from '../format.js';
import {mostTokens} from '../json/json-line.js';

/** Digits in groups of three: `12,345`. */
const grouped = /^\d{1,3}(?:[,_ ]\d{3}){1,4}$/;
const digits = /^\d{1,15}(?:\.0{1,3})?$/;

/**
 * A number of tokens, also one that is written as text, with or without thousands separators. Undefined for what is no
 * count: negative, not finite, above 10^12, not a number.
 */
export const countOf = (value: unknown): number | undefined => {
	const number =
		typeof value === 'number'
			? value
			: typeof value === 'string' && (digits.test(value) || grouped.test(value))
				? Number(value.replace(/[,_ ]/g, ''))
				: Number.NaN;
	return number >= 0 && number <= mostTokens ? Math.floor(number) : undefined;
};

/** Counts as an agent's log tells them; undefined where it does not. */
export type Told = {
	/** Input tokens: with or without those of the cache, as the function that takes them says. */
	readonly input: number | undefined;
	readonly read: number | undefined;
	/** Tokens written to the cache, for an hour or less. */
	readonly written: number | undefined;
	/** Those of `written` that live for an hour. */
	readonly writtenOneHour?: number | undefined;
	readonly output: number | undefined;
};

/**
 * The usage of a log whose input tokens do not hold those of the cache. Where it tells neither what was read nor what
 * was written, or where all is 0, it does not say what the cache did.
 */
export const usageOfParts = ({input = 0, read, written, writtenOneHour = 0, output = 0}: Told): Usage => {
	const write = Math.max(written ?? 0, writtenOneHour);
	const isUnknown = (read === undefined && written === undefined) || input + (read ?? 0) + write + output === 0;
	return {
		uncached: input,
		cacheRead: read ?? 0,
		cacheWrite5m: write - writtenOneHour,
		cacheWrite1h: writtenOneHour,
		output,
		accuracy: 'exact',
		...(isUnknown && {cacheUnknown: true}),
	};
};

/**
 * The usage of a log whose input tokens hold those of the cache. Cache counts above the input cannot be: they are
 * brought back to it, and the usage is estimated.
 */
export const usageOfWhole = (told: Told): Usage => {
	const {input = 0, written = 0, writtenOneHour = 0} = told;
	const read = Math.min(told.read ?? 0, input);
	const write = Math.min(Math.max(written, writtenOneHour), input - read);
	const usage = usageOfParts({
		input: input - read - write,
		read: told.read === undefined ? undefined : read,
		written: told.written === undefined ? undefined : write,
		writtenOneHour: Math.min(writtenOneHour, write),
		output: told.output,
	});
	const fits = read === (told.read ?? 0) && write === Math.max(written, writtenOneHour);
	return fits ? usage : {...usage, accuracy: 'estimated'};
};

/** Whether no token was counted: nothing came back, or the program that wrote it was told nothing. */
export const isEmpty = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): boolean =>
	uncached + cacheRead + cacheWrite5m + cacheWrite1h + output === 0;

/** The tokens of a usage alone. */
export const tokensOf = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): Sum['tokens'] => ({
	uncached,
	cacheRead,
	cacheWrite5m,
	cacheWrite1h,
	output,
});
