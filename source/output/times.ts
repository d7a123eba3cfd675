import {untimed} from '../request.js';

/** `short`: `22 Nov 09:12`. `date`: `22 Nov 2026 09:12`. `clock`: `09:12:45`. `iso`: ISO 8601 with the zone's offset. `stamp`: for file names. */
export type TimeStyle = 'short' | 'date' | 'clock' | 'iso' | 'stamp';

type Parts = Readonly<Partial<Record<Intl.DateTimeFormatPartTypes, string>>>;

/** Cached, because creating a formatter takes longer than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterFor = (zone: string): Intl.DateTimeFormat => {
	const made =
		formatters.get(zone) ??
		new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'short',
			day: 'numeric',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
			fractionalSecondDigits: 3,
			timeZoneName: 'longOffset',
		});
	formatters.set(zone, made);
	return made;
};

const partsIn = (zone: string, epoch: number): Parts =>
	Object.fromEntries(
		formatterFor(zone)
			.formatToParts(epoch)
			.map(({type, value}) => [type, value]),
	);

/** 1970 to 9999: years that all calendars format alike. */
const isUsual = (epoch: number): boolean => epoch >= 0 && epoch < 253_402_300_800_000;

/** Formats UTC without Intl: loading the time zone data takes longer than the rest of a short report. */
const utcParts = (date: Date): Parts => {
	const padded = (value: number, length = 2) => String(value).padStart(length, '0');
	return {
		year: String(date.getUTCFullYear()),
		month: months[date.getUTCMonth()] ?? '',
		day: String(date.getUTCDate()),
		hour: padded(date.getUTCHours()),
		minute: padded(date.getUTCMinutes()),
		second: padded(date.getUTCSeconds()),
		fractionalSecond: padded(date.getUTCMilliseconds(), 3),
		timeZoneName: 'GMT',
	};
};

/** The names of `en-US`, hard-coded because querying Intl takes longer than the rest of a short report. */
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthNumber = new Map(months.map((name, month) => [name, String(month + 1).padStart(2, '0')]));

/** `GMT+01:00` becomes `+01:00`, and `GMT` (from older engines) `+00:00`. */
const offsetOf = (parts: Parts): string => {
	const offset = (parts.timeZoneName ?? '').replace('GMT', '');
	return offset === '' ? '+00:00' : offset;
};

/**
 * Formats an instant in a time zone, with a 24-hour clock; `n/a` if it is undefined or not an instant.
 * @param epoch epoch milliseconds
 * @param zone IANA name; throws a RangeError if it is unknown
 */
export const formatTime = (epoch: number | undefined, zone: string, style: TimeStyle = 'short'): string => {
	if (epoch === undefined || epoch === untimed || Number.isNaN(new Date(epoch).getTime())) {
		return 'n/a';
	}
	const parts = zone === 'UTC' && isUsual(epoch) ? utcParts(new Date(epoch)) : partsIn(zone, epoch);
	const {year = '', month = '', day = '', hour = '', minute = '', second = ''} = parts;
	const number = monthNumber.get(month) ?? '';
	const twoDigits = day.padStart(2, '0');
	const time = `${hour}:${minute}`;
	switch (style) {
		case 'short':
			return `${day} ${month} ${time}`;
		case 'date':
			return `${day} ${month} ${year} ${time}`;
		case 'clock':
			return `${time}:${second}`;
		case 'iso':
			return `${year.padStart(4, '0')}-${number}-${twoDigits}T${time}:${second}.${parts.fractionalSecond}${offsetOf(parts)}`;
		case 'stamp':
			return `${year}${number}${twoDigits}-${hour}${minute}${second}`;
	}
};

/** Instants below each other with their date; one-digit days are padded so that times align. */
export const timeColumn = (epochs: readonly number[], zone: string): readonly string[] => {
	const texts = epochs.map(epoch => formatTime(epoch, zone, 'date'));
	const width = Math.max(0, ...texts.map(text => text.length));
	return texts.map(text => text.padStart(width));
};

/** `38:15`, `1:02:00`: a duration in whole seconds; never below 0. */
export const formatTimeLeft = (milliseconds: number): string => {
	const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
	const minutes = Math.floor(seconds / 60);
	const padded = (value: number) => String(value % 60).padStart(2, '0');
	return minutes < 60
		? `${minutes}:${padded(seconds)}`
		: `${Math.floor(minutes / 60)}:${padded(minutes)}:${padded(seconds)}`;
};
