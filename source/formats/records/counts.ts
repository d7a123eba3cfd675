import type {Usage} from '../../request.js';
import type {Sum} from '../format.js';
import {mostTokens} from '../json/json-line.js';

/** Matches digits in groups of three: `12,345`. */
const grouped = /^\d{1,3}(?:[,_ ]\d{3}){1,4}$/;
const digits = /^\d{1,15}(?:\.0{1,3})?$/;

/**
 * A number of tokens, also if written as text, with or without thousands separators. Undefined for anything else:
 * negative, not finite, above 10^12, not a number.
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

/** The same for a member of a usage: NaN if it is present but not a count, which differs from being missing. */
export const toldCount = (value: unknown): number | undefined =>
	value === undefined ? undefined : (countOf(value) ?? Number.NaN);

/** The same for what not every provider counts, such as writes or thoughts: `null` means missing. */
export const optionalCount = (value: unknown): number | undefined => (value === null ? undefined : toldCount(value));

/** Counts in an agent's log: undefined if missing, NaN if present but not a count. */
type LoggedCounts = {
	/** Input tokens, with or without those of the cache, depending on the function that takes them. */
	readonly input: number | undefined;
	readonly read: number | undefined;
	/** Tokens written to the cache with any lifetime. */
	readonly written: number | undefined;
	/** The part of `written` with a lifetime of an hour. */
	readonly writtenOneHour?: number | undefined;
	readonly output: number | undefined;
};

const isSpoilt = (count: number | undefined): boolean => count !== undefined && Number.isNaN(count);
const known = (count: number | undefined): number => (count === undefined || Number.isNaN(count) ? 0 : count);

/**
 * The usage from a log whose input tokens exclude those of the cache. Cache use is unknown if the log reports neither
 * read nor written tokens, if everything is 0, if the read tokens are not a count, or if the written tokens are not one
 * and nothing was read. Any value that is not a count makes the usage partial.
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
 * The usage from a log whose input tokens include those of the cache. Cache counts above the input are impossible: they
 * are reduced to it, and the usage is estimated.
 */
export const usageOfWhole = (told: LoggedCounts): Usage => {
	const [toldRead, oneHour] = [known(told.read), known(told.writtenOneHour)];
	const toldWrite = Math.max(known(told.written), oneHour);
	// An input that is not a count does not invalidate the read tokens.
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

/** True if no token was counted: there was no response, or the program had no information. */
export const isEmpty = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): boolean =>
	uncached + cacheRead + cacheWrite5m + cacheWrite1h + output === 0;

/** Only the tokens of a usage. */
export const tokensOf = ({uncached, cacheRead, cacheWrite5m, cacheWrite1h, output}: Usage): Sum['tokens'] => ({
	uncached,
	cacheRead,
	cacheWrite5m,
	cacheWrite1h,
	output,
});
