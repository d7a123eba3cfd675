/** The logger's times: `2026-11-01T00:00:02.003366Z`, with six digits after the second or none. */

import {at, COLON, DASH, DOT, isDigit} from './bytes';

export const DAY: f64 = 86400000.0;

/** The last time in epoch milliseconds, and the digits after its second; -1 without any. */
export let time: f64 = 0;
export let microseconds: i32 = -1;

/** Consecutive lines are usually of one day: the text of the last day, and its start. */
let dayStart: u64 = 0;
let dayEnd: u32 = 0;
let dayTime: f64 = 0;

/** Far below zero if there are no two digits. */
export function two(place: i32): i32 {
	const tens = at(place);
	const ones = at(place + 1);
	return isDigit(tens) && isDigit(ones) ? <i32>((tens - 48) * 10 + ones - 48) : -100000;
}

export function daysOf(year: i32, month: i32): i32 {
	if (month == 2) {
		return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
	}
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days since 1970 in the proleptic Gregorian calendar, for years that start in March. */
export function daysSinceEpoch(year: i32, month: i32, day: i32): i32 {
	const marchYear = month <= 2 ? year - 1 : year;
	const marchMonth = month > 2 ? month - 3 : month + 9;
	const dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
	return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719468;
}

function readDay(place: i32): bool {
	const year = two(place) * 100 + two(place + 2);
	const month = two(place + 5);
	const day = two(place + 8);
	if (at(place + 4) != DASH || at(place + 7) != DASH || at(place + 10) != 84) {
		return false;
	}
	if (year < 1970 || year >= 2100 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
		return false;
	}
	dayTime = <f64>daysSinceEpoch(year, month, day) * DAY;
	dayStart = load<u64>(place);
	dayEnd = load<u32>(place + 7);
	return true;
}

/** Length of the time at an address; 0 if there is none of exactly this form. */
export function readStamp(place: i32): i32 {
	if ((load<u64>(place) != dayStart || load<u32>(place + 7) != dayEnd) && !readDay(place)) {
		return 0;
	}
	const hour = two(place + 11);
	const minute = two(place + 14);
	const second = two(place + 17);
	if (at(place + 13) != COLON || at(place + 16) != COLON) {
		return 0;
	}
	if (<u32>hour > 23 || <u32>minute > 59 || <u32>second > 59) {
		return 0;
	}
	let end = place + 19;
	microseconds = -1;
	let milliseconds = 0;
	if (at(end) == DOT) {
		let fraction: i32 = 0;
		for (let digit = 0; digit < 6; digit++) {
			const byte = at(++end);
			if (!isDigit(byte)) {
				return 0;
			}
			fraction = fraction * 10 + <i32>(byte - 48);
		}
		end++;
		microseconds = fraction;
		milliseconds = fraction / 1000;
	}
	if (at(end) != 90) {
		return 0;
	}
	time = dayTime + <f64>(((hour * 60 + minute) * 60 + second) * 1000 + milliseconds);
	return end + 1 - place;
}
