import {UsageError} from '../errors.js';
import {daysChoice, parseWindow, type WindowChoice, windowForm} from '../metrics/windows/window.js';
import {parseWhen} from '../time/when.js';
import type {Flags} from './defaults.js';

const longestDays = 36_500;

/**
 * Parses a number of days, including fractions, up to a hundred years.
 * @throws UsageError
 */
export const parseDays = (text: string, flag: string): number => {
	const days = Number(text);
	if (!(days > 0 && days <= longestDays) || text.trim() === '') {
		throw new UsageError(`${flag}: "${text}" is not a valid number of days. Use a number above 0, like 7 or 0.5.`);
	}
	return days;
};

/**
 * The window that the flags name; undefined if there is none.
 * @param now epoch milliseconds
 * @throws UsageError if two flags name a window, or one is not valid
 */
export const parseWindowFlags = (flags: Flags, now: number, zone: string): WindowChoice | undefined => {
	const given = [
		flags.days === undefined ? undefined : '--days',
		flags.window === undefined ? undefined : '--window',
		flags.since === undefined && flags.until === undefined ? undefined : '--since/--until',
		flags.sinceMark === undefined ? undefined : '--since-mark',
	].filter(name => name !== undefined);
	if (given.length > 1) {
		throw new UsageError(`${given.join(' and ')} both name a window: use one of them.`);
	}
	if (flags.days !== undefined) {
		return daysChoice(parseDays(flags.days, '--days'));
	}
	if (flags.window !== undefined) {
		const choice = parseWindow(flags.window);
		if (!choice) {
			throw new UsageError(`--window: "${flags.window}" is not a window. Use ${windowForm}.`);
		}
		return choice;
	}
	if (flags.since === undefined && flags.until === undefined) {
		return undefined;
	}
	const from = flags.since === undefined ? undefined : parseWhen(flags.since, '--since', now, zone);
	const to = flags.until === undefined ? undefined : parseWhen(flags.until, '--until', now, zone);
	if ((from ?? Number.NEGATIVE_INFINITY) >= (to ?? Number.POSITIVE_INFINITY)) {
		throw new UsageError(`--since ${flags.since} is not before --until ${flags.until}.`);
	}
	if (from !== undefined && to === undefined && from > now) {
		throw new UsageError(`--since: ${flags.since} is in the future.`);
	}
	return {kind: 'between', from, to};
};
