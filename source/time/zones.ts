import {DateTime} from 'luxon';
import {UsageError} from '../errors.js';
import type {LocalTime} from '../formats/format.js';
import {utc} from '../formats/stamp.js';

/** The zone of this machine. */
export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * A zone as a user names it: an IANA name, `UTC`, `local`, `+02:00`.
 * @returns a name that Intl and luxon both understand
 * @throws UsageError for a zone that does not exist
 */
export const parseZone = (text: string, flag: string): string => {
	if (text === 'local' || text === 'system') {
		return systemZone();
	}
	if (/^(?:utc|gmt|z)$/i.test(text)) {
		return 'UTC';
	}
	const offset = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(text);
	const name = offset ? `${offset[1]}${offset[2]?.padStart(2, '0')}:${offset[3] ?? '00'}` : text;
	try {
		return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone;
	} catch {
		throw new UsageError(`${flag}: there is no time zone "${text}". Use a name like Europe/Berlin, UTC or +02:00.`);
	}
};

/** luxon writes fixed offsets its own way. */
export const luxonZone = (zone: string): string => (/^[+-]/.test(zone) ? `UTC${zone}` : zone);

/** Reads wall-clock times as those of a zone. */
export const localTimeOf = (zone: string): LocalTime =>
	zone === 'UTC'
		? utc
		: (year, month, day, hour, minute, second, millisecond) =>
				DateTime.fromObject({year, month, day, hour, minute, second, millisecond}, {zone: luxonZone(zone)}).toMillis();
