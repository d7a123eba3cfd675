import type * as Chrono from 'chrono-node/en';
import type * as Luxon from 'luxon';
import {UsageError} from '../errors.js';
import {lazy} from '../system/lazy.js';

const chrono = lazy<typeof Chrono>('chrono-node/en');
const luxon = lazy<typeof Luxon>('luxon');

/**
 * Parses an instant: ISO 8601, a date (its midnight), `2h ago`, `yesterday 14:00`. Times without a zone are in `zone`.
 * @param now epoch milliseconds
 * @throws UsageError if the text is none of these
 */
export const parseWhen = (text: string, flag: string, now: number, zone: string): number => {
	const {DateTime} = luxon();
	const trimmed = text.trim();
	const iso = DateTime.fromISO(trimmed.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T'), {zone: zone});
	if (/^\d{4}-/.test(trimmed) && iso.isValid) {
		return iso.toMillis();
	}
	const words = /^\d+\s*[a-z]+$/i.test(trimmed) ? `${trimmed} ago` : trimmed;
	const offset = DateTime.fromMillis(now, {zone: zone}).offset;
	const [found] = chrono().parse(words, {instant: new Date(now), timezone: offset});
	if (!found || found.text.length !== words.length || /^\d{4}-/.test(trimmed)) {
		throw new UsageError(
			`${flag}: "${text}" is not a valid time. Use 2026-11-22, 2026-11-22T14:00, "2h ago" or "yesterday 14:00".`,
		);
	}
	const {start} = found;
	if (/ago$|^now$/i.test(words)) {
		return start.date().getTime();
	}
	// Uses the offset of that day, which may differ from today's. A date without an hour means its midnight.
	const hour = start.isCertain('hour');
	return DateTime.fromObject(
		{
			year: start.get('year') ?? undefined,
			month: start.get('month') ?? undefined,
			day: start.get('day') ?? undefined,
			...(hour && {hour: start.get('hour') ?? 0, minute: start.get('minute') ?? 0, second: start.get('second') ?? 0}),
		} as Record<string, number>,
		{zone},
	).toMillis();
};
