import {readlinkSync} from 'node:fs';
import process from 'node:process';
import type * as Luxon from 'luxon';
import {UsageError} from '../errors.js';
import {lazy} from '../system/lazy.js';
import type {LocalTime} from './stamp.js';
import {utc} from './stamp.js';

const luxon = lazy<typeof Luxon>('luxon');

/** IANA name of this machine's zone. */
export const systemZone = (): string =>
	isUtcHere() ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * True if this machine's zone is UTC, as on most servers; determined without loading the time zone data, which is slow.
 */
const isUtcHere = (): boolean => {
	const {TZ} = process.env;
	if (TZ !== undefined) {
		return TZ === 'UTC';
	}
	try {
		return /\/zoneinfo\/(?:Etc\/)?UTC$/.test(readlinkSync('/etc/localtime'));
	} catch {
		return false;
	}
};

/**
 * Parses a zone: an IANA name, `UTC`, `local`, `+02:00`.
 * @returns an IANA name
 * @throws UsageError if there is no such zone
 */
export const parseZone = (text: string, flag: string): string => {
	if (text === 'local' || text === 'system') {
		return systemZone();
	}
	if (/^(?:utc|gmt|z)$/i.test(text)) {
		return 'UTC';
	}
	const offset = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?00)?$/i.exec(text);
	// Node 20 knows fixed offsets only by their Etc names, whose sign is reversed.
	const name = offset ? `Etc/GMT${offset[1] === '+' ? '-' : '+'}${Number(offset[2])}` : text;
	try {
		return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone;
	} catch {
		throw new UsageError(
			`${flag}: unknown time zone "${text}". Use a name like Europe/Berlin, UTC or whole hours like +02:00.`,
		);
	}
};

/** Interprets wall-clock times in a zone. */
export const localTimeOf = (zone: string): LocalTime => {
	if (zone === 'UTC') {
		return utc;
	}
	const {DateTime} = luxon();
	return (year, month, day, hour, minute, second, millisecond) =>
		DateTime.fromObject({year, month, day, hour, minute, second, millisecond}, {zone: zone}).toMillis();
};
