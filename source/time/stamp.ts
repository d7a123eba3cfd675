/** Wall-clock parts (month 1–12) to epoch milliseconds. */
export type LocalTime = (
	year: number,
	month: number,
	day: number,
	hour: number,
	minute: number,
	second: number,
	millisecond: number,
) => number;

/** Interprets times without a zone as UTC. */
export const utc: LocalTime = (year, month, day, hour, minute, second, millisecond) =>
	Date.UTC(year, month - 1, day, hour, minute, second, millisecond);

/** Earlier years are treated as missing times: no logged request is older. */
const firstYear = 1970;
/** From this year on a time is a placeholder or a mistake: it would stretch every window over all of a log. */
const endYear = 2100;

/** True if an instant is one that a log can tell, in epoch milliseconds. */
export const isPlausible = (time: number): boolean => time >= 0 && time < Date.UTC(endYear, 0);

const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\d*(?:(Z)|([+-])(\d\d):?(\d\d))?$/;

/**
 * Parses an ISO 8601 time as logs write it (`T` or a space, a dot or a comma, any number of digits).
 * @returns epoch milliseconds; undefined if the text is not such a time, or its date does not exist, is before 1970 or after 2099
 */
export const parseStamp = (text: string, localTime: LocalTime): number | undefined => {
	// Consecutive lines are usually of the same day, and nearly all logs use this form.
	const isUsual = isFraction(text);
	const inDay = isUsual && text.startsWith(lastDay) ? timeInDay(text) : Number.NaN;
	if (!Number.isNaN(inDay)) {
		return lastDayTime + inDay;
	}
	const time = parseIso(text, localTime);
	if (time !== undefined && isUsual) {
		lastDay = text.slice(0, 11);
		lastDayTime = Math.floor(time / day) * day;
	}
	return time;
};

/** True if a time ends with a fraction of three, six or nine digits and a Z: `2025-10-20T08:15:30.123456Z`. */
const isFraction = (text: string): boolean => {
	const last = text.length - 1;
	if ((last !== 23 && last !== 26 && last !== 29) || text.charCodeAt(last) !== 0x5a || text.charCodeAt(19) !== 0x2e) {
		return false;
	}
	for (let at = 20; at < last; at++) {
		const digit = text.charCodeAt(at) - 0x30;
		if (digit < 0 || digit > 9) {
			return false;
		}
	}
	return true;
};

const day = 86_400_000;
/** The date and hour of the last time parsed, as text, and their epoch milliseconds. */
let lastDay = ' ';
let lastDayTime = 0;

/** Parses two digits; NaN for anything else. */
const twoDigits = (text: string, at: number): number => {
	const tens = text.charCodeAt(at) - 0x30;
	const ones = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** Milliseconds since the start of the day, for a time with a fraction; NaN if it is not valid on every day. */
const timeInDay = (text: string): number => {
	const hour = twoDigits(text, 11);
	const minute = twoDigits(text, 14);
	const second = twoDigits(text, 17);
	return hour <= 23 && minute <= 59 && second <= 59 && text[13] === ':' && text[16] === ':'
		? ((hour * 60 + minute) * 60 + second) * 1000 + twoDigits(text, 20) * 10 + text.charCodeAt(22) - 0x30
		: Number.NaN;
};

const parseIso = (text: string, localTime: LocalTime): number | undefined => {
	const match = iso.exec(text);
	if (!match) {
		return undefined;
	}
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number,
	];
	// Go and .NET write the year 1 for a time that was never set, others the year 9999.
	if (year < firstYear || year >= endYear || month < 1 || month > 12 || day < 1 || day > 31) {
		return undefined;
	}
	if (hour > 23 || minute > 59 || second > 60) {
		return undefined;
	}
	// 30 February would roll over into March.
	if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) {
		return undefined;
	}
	const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
	if (match[8] === 'Z') {
		return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
	}
	if (match[9]) {
		const offset = (Number(match[10]) * 60 + Number(match[11])) * 60_000;
		const wall = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
		return match[9] === '-' ? wall + offset : wall - offset;
	}
	const local = localTime(year, month, day, hour, minute, second, millisecond);
	return Number.isFinite(local) ? local : undefined;
};
