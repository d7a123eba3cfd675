/** The context of an event in the renderings for a console. */

import {
	APOSTROPHE,
	at,
	BACKSLASH,
	BEYOND_ASCII,
	COLON,
	DOT,
	EQUALS,
	ESCAPE,
	isDigit,
	isLetter,
	OPEN_SQUARE,
	QUOTE,
	SEMICOLON,
	SPACE,
	UNDERSCORE,
} from './bytes';
import {IS_REQUEST, IS_RUN, IS_THREAD, keep, keyOf} from './context';
import {THREAD} from './memory';

/** Address after escape sequences that set colours; -1 if there is another one. */
function skipColours(place: i32): i32 {
	let here = place;
	while (at(here) == ESCAPE) {
		if (at(++here) != OPEN_SQUARE) {
			return -1;
		}
		let byte = at(++here);
		while (isDigit(byte) || byte == SEMICOLON || byte == COLON) {
			byte = at(++here);
		}
		if (!isLetter(byte)) {
			return -1;
		}
		here++;
	}
	return here;
}

/** Address after a bare or quoted value; -1 if it contains anything but printable ASCII, or escapes in quotes. */
function valueEnd(place: i32, end: i32): i32 {
	const first = at(place);
	let here = place;
	if (first == APOSTROPHE || first == QUOTE) {
		for (let byte = at(++here); byte != first; byte = at(++here)) {
			if (byte - SPACE >= BEYOND_ASCII - SPACE || byte == BACKSLASH) {
				return -1;
			}
		}
		return here + 1;
	}
	while (at(here) > SPACE && at(here) < BEYOND_ASCII) {
		here++;
	}
	return at(here) == SPACE || at(here) == ESCAPE || here == end ? here : -1;
}

/** Reads `key=value` pairs up to the end of a line, with or without colours. */
export function readConsole(place: i32, end: i32, record: i32): bool {
	store<i64>(record, 0, THREAD);
	let seen: i32 = 0;
	let here = skipColours(place);
	while (here >= 0 && here < end) {
		if (at(here) != SPACE) {
			return false;
		}
		do {
			here = skipColours(here + 1);
		} while (here >= 0 && at(here) == SPACE);
		if (here < 0) {
			return false;
		}
		if (here >= end) {
			break;
		}
		const name = here;
		let byte = at(here);
		while (isLetter(byte) || byte == UNDERSCORE || (here > name && (isDigit(byte) || byte == DOT))) {
			byte = at(++here);
		}
		const key = keyOf(name, here - name);
		const equals = here > name ? skipColours(here) : -1;
		const value = equals >= 0 && at(equals) == EQUALS ? skipColours(equals + 1) : -1;
		const after = value < 0 ? -1 : valueEnd(value, end);
		if (after < 0) {
			return false;
		}
		if (key == IS_THREAD || key == IS_RUN || key == IS_REQUEST) {
			const first = at(value);
			// Quotes are removed by decoding.
			if ((seen & key) != 0 || first == APOSTROPHE || first == QUOTE) {
				return false;
			}
			seen |= key;
			const isNone = after - value == 4 && load<u32>(value) == 0x656e6f4e;
			if (!isNone && !keep(key, value, after, record)) {
				return false;
			}
		}
		here = skipColours(after);
	}
	return here == end;
}
