/** Spellings of times in logs, other than ISO 8601. */

import type {LocalTime} from '../../time/stamp.js';
import {isPlausible, parseStamp} from '../../time/stamp.js';
import {type JsonObject, numberOf, objectOf, textOf} from '../json/json-values.js';

/** Since 2001, epoch seconds have at least ten digits. */
const smallest = 1e9;

/**
 * Epoch milliseconds for a number of seconds, milliseconds, microseconds or nanoseconds, distinguished by magnitude.
 */
const byMagnitude = (count: number): number | undefined => {
	if (!(count >= smallest) || count >= smallest * 1e11) {
		return undefined;
	}
	const perMillisecond = count < 1e11 ? 1e-3 : count < 1e14 ? 1 : count < 1e17 ? 1e3 : 1e6;
	const time = Math.floor(Math.round((count / perMillisecond) * 1e3) / 1e3);
	// What lies between the units would be of the last century.
	return time >= smallest * 1000 && isPlausible(time) ? time : undefined;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const clock = String.raw`(?<clock>\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?)`;
const zone = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d:?\d\d))?`;

/** Patterns with year, month, day, time of day and optionally a zone; all are limited in length. */
const spellings: readonly RegExp[] = [
	new RegExp(String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ]${clock}${zone}`),
	// Without seconds: `2026-11-27T10:00Z`.
	new RegExp(String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<minutes>\d\d:\d\d)(?!:)${zone}`),
	// Go: `2026/11/27 10:00:00`.
	new RegExp(String.raw`(?<year>\d{4})/(?<month>\d\d)/(?<day>\d\d)[T ]${clock}${zone}`),
	// RFC 1123 and similar: `Fri, 27 Nov 2026 10:00:00 GMT`.
	new RegExp(String.raw`(?<day>\d{1,2})[ -](?<month>[A-Z][a-z]{2})[ -](?<year>\d{4}) ${clock}${zone}`),
	// Grafana and Kibana: `Nov 27, 2026 @ 10:00:00.000`; `Nov 27, 2026, 10:00:00 AM`.
	new RegExp(
		String.raw`(?<month>[A-Z][a-z]{2}) (?<day>\d{1,2}), (?<year>\d{4}),?(?: @)? ${clock}(?<half> [AP]M)?${zone}`,
	),
	// With AM or PM, the month comes first: `11/27/2026 10:00:00 AM`.
	new RegExp(String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}),? ${clock}(?<half> [AP]M)${zone}`),
	// Common Log Format: `27/Nov/2026:10:00:00 +0000`.
	new RegExp(String.raw`(?<day>\d\d)/(?<month>[A-Z][a-z]{2})/(?<year>\d{4}):${clock}${zone}`),
	// ctime and Ruby: `Fri Nov 27 10:00:00 2026`.
	new RegExp(String.raw`(?<month>[A-Z][a-z]{2}) +(?<day>\d{1,2}) ${clock}${zone} (?<year>\d{4})`),
];

/**
 * Epoch seconds with a fraction, with which `journalctl -o short-unix` and Fluent Bit start lines, and the milliseconds
 * of Kafka's console.
 */
const epochSeconds = /(?<![\d.])(\d{10}\.\d{3,9})(?![\d.])|\b(?:Create|LogAppend)Time:(\d{13})\b/;

/** A time found in a text: epoch milliseconds, and its spelling. */
type FoundTime = {readonly time: number; readonly stamp: string; readonly index: number};

type Parts = Readonly<Record<string, string | undefined>>;

/** Converts a 12-hour time to 24 hours: `12:05:00 AM` is five past midnight. */
const clockOf = ({clock: time = '', minutes, half}: Parts): string => {
	const [hours = '', ...rest] = (minutes === undefined ? time : `${minutes}:00`).split(':');
	const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.includes('P') ? 12 : 0);
	return [String(hour).padStart(2, '0'), ...rest].join(':');
};

const isoOf = (parts: Parts): string => {
	const {year, month, day, zone: offset} = parts;
	const named = months.indexOf((month ?? '').toLowerCase());
	const twoDigits = (text: string | undefined) => (text ?? '').padStart(2, '0');
	return `${year}-${twoDigits(named < 0 ? month : String(named + 1))}-${twoDigits(day)}T${clockOf(parts)}${
		offset === undefined ? '' : offset === 'UTC' || offset === 'GMT' ? 'Z' : offset
	}`;
};

/** The first time in a text, in any spelling. The text must be short, such as the beginning of a line. */
export const findTime = (text: string, localTime: LocalTime): FoundTime | undefined => {
	let first: FoundTime | undefined;
	for (const spelling of spellings) {
		const match = spelling.exec(text);
		if (match && (first === undefined || match.index < first.index)) {
			const time = parseStamp(isoOf(match.groups ?? {}), localTime);
			first = time === undefined ? first : {time, stamp: match[0], index: match.index};
		}
	}
	const epoch = first === undefined ? epochSeconds.exec(text) : null;
	const stamp = epoch?.[1] ?? epoch?.[2] ?? '';
	const time = byMagnitude(Number(stamp));
	return epoch && time !== undefined ? {time, stamp, index: epoch.index} : first;
};

/** Maximum characters of a text that is a time. */
const longestTime = 64;

/**
 * Parses a time: a number, a text in one of the spellings, a list of seconds and nanoseconds or of calendar fields, or
 * an object around one of these.
 * @returns epoch milliseconds; undefined if the value is not a time
 */
export const parseTime = (value: unknown, localTime: LocalTime): number | undefined => {
	const number = numberOf(value);
	if (number !== undefined) {
		return byMagnitude(number);
	}
	if (typeof value === 'string') {
		const text = value.trim();
		return text.length > longestTime
			? undefined
			: (parseStamp(text, localTime) ??
					(text.length >= 'YYYY-MM-DDTHH:MM'.length ? timeOfText(text, localTime) : undefined));
	}
	if (Array.isArray(value)) {
		return timeOfParts(value, localTime);
	}
	const object = objectOf(value);
	const seconds = object && secondsIn(object);
	return seconds !== undefined
		? seconds
		: object
			? [object.timestamp, object.$date, object.repr, object.$numberLong]
					.map(inner => (objectOf(inner) && !objectOf(inner)?.$numberLong ? undefined : parseTime(inner, localTime)))
					.find(time => time !== undefined)
			: undefined;
};

/** Parses times of protobuf, Firestore and Log4j: `{seconds: 1795773600, nanos: 0}`. */
const secondsIn = (object: JsonObject): number | undefined => {
	const seconds = numberOf(object.seconds ?? object._seconds ?? object.epochSecond);
	const nanoseconds = numberOf(object.nanos ?? object.nanoseconds ?? object._nanoseconds ?? object.nanoOfSecond) ?? 0;
	return seconds !== undefined && seconds >= smallest && isPlausible(seconds * 1000)
		? seconds * 1000 + Math.floor(nanoseconds / 1e6)
		: undefined;
};

/**
 * Parses a text that is a time in one of the spellings, optionally after a weekday; not one that merely contains it.
 */
const timeOfText = (text: string, localTime: LocalTime): number | undefined => {
	const found = findTime(text, localTime);
	const rest = found && text.slice(0, found.index) + text.slice(found.index + found.stamp.length);
	return rest !== undefined && /^(?:[\s,[\]]|[A-Z][a-z]{2}\b)*$/.test(rest) ? found?.time : undefined;
};

/** Parses `[seconds, nanoseconds]` of OpenTelemetry, or `[year, month, day, hour, minute, …]` of Java. */
const timeOfParts = (parts: readonly unknown[], localTime: LocalTime): number | undefined => {
	const numbers = parts.slice(0, 7).map(part => (typeof part === 'number' ? part : Number.NaN));
	if (numbers.some(number => !Number.isInteger(number) || number < 0)) {
		return undefined;
	}
	const [first = 0, second = 0, day = 0, hour = 0, minute = 0, seconds = 0, nanoseconds = 0] = numbers;
	if (numbers.length === 2 && first >= smallest && second < 1e9) {
		return first < smallest * 10 ? first * 1000 + Math.floor(second / 1e6) : undefined;
	}
	if (numbers.length < 5 || first < 2000 || first > 2200) {
		return undefined;
	}
	const pad = (number: number) => String(number).padStart(2, '0');
	const fraction = String(nanoseconds).padStart(9, '0');
	return parseStamp(
		`${first}-${pad(second)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(seconds)}.${fraction.slice(0, 9)}`,
		localTime,
	);
};

/** The first of these values that is a time, and its spelling. */
export const firstTime = (
	values: Iterable<unknown>,
	localTime: LocalTime,
): {readonly time: number | undefined; readonly stamp: string} => {
	for (const value of values) {
		const time = parseTime(value, localTime);
		if (time !== undefined) {
			return {time, stamp: textOf(value) ?? (typeof value === 'number' ? String(value) : String(time))};
		}
	}
	return {time: undefined, stamp: ''};
};
