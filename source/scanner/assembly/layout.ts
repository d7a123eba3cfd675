/**
 * Compares objects with a layout: what stands between the values of an object is to be the same to the byte, and each
 * value of its slot's kind. The values that can be told without a doubt are numbers when they are handed over.
 */

import {at, BACKSLASH, DASH, isDigit, isSame, OPEN_CURLY, QUOTE, SPACE} from './bytes';
import {timeIn} from './iso-time';
import {REFUSED, skipValue} from './json';
import {
	DIGITS,
	LAYOUT_END,
	NUMBER,
	SLOT_BEHIND,
	SLOT_FROM,
	SLOT_VALUES,
	TIME,
	UNREAD,
} from './layout-memory';

const ZERO: u32 = 48;
/** Digits of a number that a double holds exactly, and of one that 64 bits hold. */
const EXACT_DIGITS: i32 = 15;
const MOST_DIGITS: i32 = 19;

/** Where a text ends; refused where it is no plain ASCII. */
function textEnd(from: i32): i32 {
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
			return at(end) == QUOTE ? end : REFUSED;
		}
	}
	return unreachable();
}

/** The whole number that some bytes are, without a zero before it; not a number where they are none, or too many. */
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

/**
 * Where an object ends that begins here; refused where it is not of the layout.
 * @param layout by turns the length of some bytes (two bytes), these, and the kind of the slot behind them
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
		const kind = <i32>load<u8>(part++);
		if (kind == LAYOUT_END) {
			return place;
		}
		const from = place;
		const byte = at(from);
		let value: f64 = NaN;
		if (kind == UNREAD) {
			// Objects are looked into, be they in quotes.
			const inner = byte == QUOTE ? at(from + 1) : byte;
			place = inner == OPEN_CURLY || (byte == QUOTE && inner == BACKSLASH) ? REFUSED : skipValue(from, 1);
		} else if (kind == NUMBER) {
			place = byte == DASH || isDigit(byte) ? skipValue(from, 1) : REFUSED;
			if (place != REFUSED) {
				value = wholeIn(from, place, EXACT_DIGITS);
			}
		} else {
			place = byte == OPEN_CURLY ? REFUSED : textEnd(from);
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
