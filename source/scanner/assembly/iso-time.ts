/** Times in ISO 8601 with a zone: `2026-11-01T00:00:02.003366Z`, `2026-11-01 01:00:02+01:00`. */

import {at, CAPITAL_T, CAPITAL_Z, COLON, COMMA, DASH, DOT, isDigit, SPACE} from './bytes';
import {DAY, daysOf, daysSinceEpoch, two} from './stamp';

const PLUS: u32 = 43;
const MINUTE: i32 = 60000;
/** Maximum characters of a time. */
const LONGEST: i32 = 64;

/** Consecutive times are usually of one day: its text and its start. */
let dayStart: u64 = 0;
let dayEnd: u16 = 0;
let dayTime: f64 = 0;

function readDay(place: i32): bool {
	const year = two(place) * 100 + two(place + 2);
	const month = two(place + 5);
	const day = two(place + 8);
	if (at(place + 4) != DASH || at(place + 7) != DASH || year < 1970 || year >= 2100 || month < 1 || month > 12 || day < 1) {
		return false;
	}
	if (day > daysOf(year, month)) {
		return false;
	}
	dayTime = <f64>daysSinceEpoch(year, month, day) * DAY;
	dayStart = load<u64>(place);
	dayEnd = load<u16>(place + 8);
	return true;
}

/** The time in some bytes, in epoch milliseconds; NaN if they are not of this form. */
export function timeIn(from: i32, behind: i32): f64 {
	const length = behind - from;
	if (length < 20 || length > LONGEST) {
		return NaN;
	}
	if ((load<u64>(from) != dayStart || load<u16>(from + 8) != dayEnd) && !readDay(from)) {
		return NaN;
	}
	const separator = at(from + 10);
	const hour = two(from + 11);
	const minute = two(from + 14);
	const second = two(from + 17);
	if ((separator != CAPITAL_T && separator != SPACE) || at(from + 13) != COLON || at(from + 16) != COLON) {
		return NaN;
	}
	if (<u32>hour > 23 || <u32>minute > 59 || <u32>second > 59) {
		return NaN;
	}
	let place = from + 19;
	let milliseconds = 0;
	if (at(place) == DOT || at(place) == COMMA) {
		let scale = 100;
		const first = ++place;
		for (; isDigit(at(place)); place++) {
			milliseconds += <i32>(at(place) - 48) * scale;
			scale /= 10;
		}
		if (place == first) {
			return NaN;
		}
	}
	const time = dayTime + <f64>(((hour * 60 + minute) * 60 + second) * 1000 + milliseconds);
	const zone = at(place);
	if (zone == CAPITAL_Z) {
		return place + 1 == behind ? time : NaN;
	}
	if (zone != PLUS && zone != DASH) {
		return NaN;
	}
	const minutes = at(place + 3) == COLON ? place + 4 : place + 3;
	const offset = two(place + 1) * 60 + two(minutes);
	if (offset < 0 || minutes + 2 != behind) {
		return NaN;
	}
	return zone == DASH ? time + <f64>(offset * MINUTE) : time - <f64>(offset * MINUTE);
}
