/** The emoji before an event's text, in UTF-8 or as JSON escapes. */

import {at, BACKSLASH, BEYOND_ASCII, SPACE} from './bytes';

/** Maximum number before an event. */
const MOST: i32 = 2;

/** `\u` and `\ufe0f`, which requests a coloured emoji; the latter also in UTF-8, without its last byte. */
const UNIT: u32 = 0x755c;
const SELECTOR: u32 = 0x6566755c;
const SELECTOR_END: u32 = 0x6630;
const SELECTOR_BYTES: u32 = 0xb8ef;

/** The value of a lower-case hexadecimal digit, as Python writes it; far below zero for anything else. */
@inline
function hexDigit(byte: u32): i32 {
	return byte - 48 <= 9 ? <i32>(byte - 48) : byte - 97 <= 5 ? <i32>(byte - 87) : -0x100000;
}

/** The UTF-16 unit of `\uXXXX`; below zero if there is none. */
function escapedUnit(place: i32): i32 {
	if (load<u16>(place) != UNIT) {
		return -1;
	}
	return (
		(hexDigit(at(place + 2)) << 12) +
		(hexDigit(at(place + 3)) << 8) +
		(hexDigit(at(place + 4)) << 4) +
		hexDigit(at(place + 5))
	);
}

/** The code point of an escape or of a surrogate pair of them. */
function escapedPoint(place: i32): i32 {
	const high = escapedUnit(place);
	if ((high & ~0x3ff) != 0xd800) {
		return high;
	}
	const low = escapedUnit(place + 6);
	return (low & ~0x3ff) == 0xdc00 ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : -1;
}

/** The lower six bits of a continuation byte; far below zero for any other byte. */
@inline
function tail(byte: u32): i32 {
	return (byte & 0xc0) == 0x80 ? <i32>(byte & 0x3f) : -0x10000000;
}

/** The code point of three or four bytes: no emoji is shorter, except for characters that no event starts with. */
function point(place: i32): i32 {
	const first = at(place);
	const second = tail(at(place + 1));
	const third = tail(at(place + 2));
	if (second < 0 || third < 0) {
		return -1;
	}
	if ((first & 0xf0) == 0xe0) {
		return (<i32>(first & 0xf) << 12) + (second << 6) + third;
	}
	const fourth = tail(at(place + 3));
	const found = (<i32>(first & 7) << 18) + (second << 12) + (third << 6) + fourth;
	return (first & 0xf8) == 0xf0 && fourth >= 0 && found >= 0x10000 ? found : -1;
}

/** True for an emoji in every version of Unicode that a reader may know; others are left to decoding. */
function isEmoji(point: i32): bool {
	return (
		(point >= 0x1f400 && point <= 0x1f4fd) ||
		(point >= 0x1f4ff && point <= 0x1f53d) ||
		(point >= 0x1f300 && point <= 0x1f321) ||
		(point >= 0x1f324 && point <= 0x1f393) ||
		(point >= 0x1f39e && point <= 0x1f3f0) ||
		(point >= 0x1f5fb && point <= 0x1f64f) ||
		(point >= 0x1f680 && point <= 0x1f6c5) ||
		(point >= 0x1f910 && point <= 0x1f93a) ||
		(point >= 0x1f947 && point <= 0x1f9ff) ||
		point == 0x1f195 ||
		point == 0x2699 ||
		point == 0x26a0 ||
		point == 0x26a1 ||
		point == 0x267b ||
		point == 0x2705 ||
		point == 0x2728 ||
		point == 0x274c
	);
}

/**
 * Address after the emoji before a text, each optionally followed by a space; -1 if there is something else.
 * @param escapes true if the text is JSON
 */
export function behindEmoji(place: i32, escapes: bool): i32 {
	let here = place;
	for (let count = 0; count < MOST; count++) {
		const first = at(here);
		const isEscaped = first == BACKSLASH && escapes;
		if (first < BEYOND_ASCII && !isEscaped) {
			return here;
		}
		const found = isEscaped ? escapedPoint(here) : point(here);
		if (!isEmoji(found)) {
			return -1;
		}
		here += isEscaped ? (found > 0xffff ? 12 : 6) : found > 0xffff ? 4 : 3;
		if (escapes && load<u32>(here) == SELECTOR && load<u16>(here + 4) == SELECTOR_END) {
			here += 6;
		} else if (load<u16>(here) == SELECTOR_BYTES && at(here + 2) == 0x8f) {
			here += 3;
		}
		if (at(here) == SPACE) {
			here++;
		}
	}
	return here;
}
