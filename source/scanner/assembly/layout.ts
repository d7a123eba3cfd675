/**
 * Compares objects with a layout: the bytes between values must be equal, and each value must be of its slot's kind.
 * Values that are certain are passed on as numbers.
 */

import {at, BACKSLASH, DASH, isDigit, isSame, OPEN_CURLY, QUOTE, SPACE} from './bytes';
import {timeIn} from './iso-time';
import {REFUSED, skipValue} from './json';
import {
	DIGITS,
	LAYOUT_END,
	NUMBER,
	QUOTED,
	SLOT_BEHIND,
	SLOT_FROM,
	SLOT_VALUES,
	STAMP,
	TIME,
	UNREAD,
} from './layout-memory';
import {skipQuoted} from './quoted-json';

const ZERO: u32 = 48;
/** Digits that a double represents exactly, and that 64 bits can hold. */
const EXACT_DIGITS: i32 = 15;
const MOST_DIGITS: i32 = 19;

/** The end of a text, with a quote or the backslash before it; refused if it is not plain ASCII. */
function textEnd(from: i32, ending: u32): i32 {
	for (let place = from; ; place += 16) {
		const bytes = v128.load(place);
		const special = v128.or(
			// As signed numbers, bytes beyond ASCII are below zero.
			v128.or(i8x16.lt_s(bytes, i8x16.splat(<i8>SPACE)), i8x16.eq(bytes, i8x16.splat(127))),
			v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))),
		);
		const found = i8x16.bitmask(special);
		if (found != 0) {
			const end = place + ctz(found);
			return at(end) == ending ? end : REFUSED;
		}
	}
	return unreachable();
}

/** The whole number in some bytes, without leading zeros; NaN if there is none, or it has too many digits. */
function wholeIn(from: i32, behind: i32, most: i32): f64 {
	const length = behind - from;
	if (length == 0 || length > most || (length > 1 && at(from) == ZERO)) {
		return NaN;
	}
	let whole: u64 = 0;
	for (let place = from; place < behind; place++) {
		const byte = at(place);
		if (!isDigit(byte)) {
			return NaN;
		}
		whole = whole * 10 + (byte - ZERO);
	}
	return <f64>whole;
}

/** Address after a value that no reader looks into; readers do look into objects, even in quotes. */
function unreadEnd(from: i32): i32 {
	const byte = at(from);
	const inner = byte == QUOTE ? at(from + 1) : byte;
	return inner == OPEN_CURLY || (byte == QUOTE && inner == BACKSLASH) ? REFUSED : skipValue(from, 1);
}

/** The same if a backslash precedes each quote. */
function quotedEnd(from: i32): i32 {
	const isText = at(from) == BACKSLASH;
	const inner = isText ? at(from + 2) : at(from);
	const isEscape = isText && inner == BACKSLASH && at(from + 3) != QUOTE;
	return inner == OPEN_CURLY || isEscape ? REFUSED : skipQuoted(from, 1);
}

/** Address after as many bytes as a stamp has; refused if anything but digits differs. */
function stampEnd(stamp: i32, from: i32, length: i32): i32 {
	for (let index = 0; index < length; index++) {
		const expected = at(stamp + index);
		const byte = at(from + index);
		if (byte != expected && !(isDigit(byte) && isDigit(expected))) {
			return REFUSED;
		}
	}
	return from + length;
}

/**
 * The end of an object that starts here; refused if it does not match the layout.
 * @param layout alternates the length of some bytes (two bytes), these, and the kind of the slot after them; a stamp is
 * followed by its length (one byte) and its bytes
 */
export function matchLayout(layout: i32, start: i32): i32 {
	let place = start;
	let part = layout;
	for (let slot = 0; ; slot++) {
		const length = <i32>load<u16>(part);
		part += 2;
		if (!isSame(part, place, length)) {
			return REFUSED;
		}
		part += length;
		place += length;
		const code = <i32>load<u8>(part++);
		const kind = code & ~QUOTED;
		const isQuoted = kind != code;
		if (kind == LAYOUT_END) {
			return place;
		}
		const from = place;
		const byte = at(from);
		let value: f64 = NaN;
		if (kind == UNREAD) {
			place = isQuoted ? quotedEnd(from) : unreadEnd(from);
		} else if (kind == STAMP) {
			const length = <i32>load<u8>(part++);
			place = stampEnd(part, from, length);
			part += length;
		} else if (kind == NUMBER) {
			place = byte == DASH || isDigit(byte) ? skipValue(from, 1) : REFUSED;
			if (place != REFUSED) {
				value = wholeIn(from, place, EXACT_DIGITS);
			}
		} else {
			place = byte == OPEN_CURLY ? REFUSED : textEnd(from, isQuoted ? BACKSLASH : QUOTE);
			if (place <= from) {
				return REFUSED;
			}
			if (kind == TIME) {
				value = timeIn(from, place);
			} else if (kind == DIGITS) {
				value = wholeIn(from, place, MOST_DIGITS);
			}
		}
		if (place == REFUSED) {
			return REFUSED;
		}
		store<i32>(SLOT_FROM + (slot << 2), from);
		store<i32>(SLOT_BEHIND + (slot << 2), place);
		store<f64>(SLOT_VALUES + (slot << 3), value);
	}
	return unreachable();
}
