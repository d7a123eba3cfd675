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

/** The same of what stands in a usage: NaN where something is told that is no count, which is not the same as nothing. */
export const toldCount = (value: unknown): number | undefined =>
	value === undefined ? undefined : (countOf(value) ?? Number.NaN);

/** The same of what not every provider counts, such as writes or thoughts: what is left empty (`null`) is not told. */
export const optionalCount = (value: unknown): number | undefined => (value === null ? undefined : toldCount(value));

/** Counts as an agent's log tells them: undefined where it does not, NaN where what it tells is no count. */
type LoggedCounts = {
	/** Input tokens: with or without those of the cache, as the function that takes them says. */
	readonly input: number | undefined;
	readonly read: number | undefined;
	/** Tokens written to the cache, for an hour or less. */
	readonly written: number | undefined;
	/** Those of `written` that live for an hour. */
	readonly writtenOneHour?: number | undefined;
	readonly output: number | undefined;
};

const isSpoilt = (count: number | undefined): boolean => count !== undefined && Number.isNaN(count);
const known = (count: number | undefined): number => (count === undefined || Number.isNaN(count) ? 0 : count);

/**
 * The usage of a log whose input tokens do not hold those of the cache. It does not say what the cache did where it
 * tells neither what was read nor what was written, where all is 0, and where what was read is no count, or what was
 * written while nothing was read. Any count that is none makes it partial.
 */
export const usageOfParts = (told: LoggedCounts): Usage => {
	const uncached = known(told.input);
	const cacheRead = known(told.read);
	const cacheWrite1h = known(told.writtenOneHour);
	const write = Math.max(known(told.written), cacheWrite1h);
	const output = known(told.output);
	const writtenSpoilt = isSpoilt(told.written) || isSpoilt(told.writtenOneHour);
	const isPartial = isSpoilt(told.input) || isSpoilt(told.read) || writtenSpoilt || isSpoilt(told.output);
	const accuracy = isPartial ? 'partial' : 'exact';
	const isTold = told.read !== undefined || told.written !== undefined;
	const isUnknown =
		!isTold || isSpoilt(told.read) || (writtenSpoilt && cacheRead === 0) || uncached + cacheRead + write + output === 0;
	return isUnknown
		? {
				uncached: uncached + write,
				cacheRead: 0,
				cacheWrite5m: 0,
				cacheWrite1h: 0,
				output,
				accuracy,
				cacheUnknown: true,
			}
		: {uncached, cacheRead, cacheWrite5m: write - cacheWrite1h, cacheWrite1h, output, accuracy};
};

/**
 * The usage of a log whose input tokens hold those of the cache. Cache counts above the input cannot be: they are
 * brought back to it, and the usage is estimated.
 */
export const usageOfWhole = (told: LoggedCounts): Usage => {
	const [toldRead, oneHour] = [known(told.read), known(told.writtenOneHour)];
	const toldWrite = Math.max(known(told.written), oneHour);
	// An input that is no count does not make what was read none.
	const input = isSpoilt(told.input) ? toldRead + toldWrite : known(told.input);
	const read = Math.min(toldRead, input);
	const write = Math.min(toldWrite, input - read);
	const usage = usageOfParts({
		input: isSpoilt(told.input) ? told.input : input - read - write,
		read: told.read === undefined || isSpoilt(told.read) ? told.read : read,
		written: told.written === undefined || isSpoilt(told.written) ? told.written : write,
		writtenOneHour: isSpoilt(told.writtenOneHour) ? told.writtenOneHour : Math.min(oneHour, write),
		output: told.output,
	});
	const fits = read === toldRead && write === toldWrite;
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

/** A sum together with more of the same. */
export const addedSum = (before: Sum | undefined, more: Sum): Sum => {
	if (!before) {
		return more;
	}
	const [one, other] = [before.tokens, more.tokens];
	return {
		...before,
		requests:
			before.requests === undefined || more.requests === undefined ? undefined : before.requests + more.requests,
		tokens: {
			uncached: one.uncached + other.uncached,
			cacheRead: one.cacheRead + other.cacheRead,
			cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
			cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
			output: one.output + other.output,
		},
	};
};
