/**
 * What follows the words of an event: which thread and run it is of, and in JSON when it was written. Only what is
 * read exactly as decoding the whole line would read it; everything else is refused.
 */

import {
	APOSTROPHE,
	at,
	BACKSLASH,
	BEYOND_ASCII,
	CLOSE_CURLY,
	COLON,
	DASH,
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
import {RUN, THREAD} from './memory';
import {numberOf} from './names';
import {readStamp} from './stamp';

const OTHER: i32 = 0;
const IS_THREAD: i32 = 1;
const IS_RUN: i32 = 2;
const IS_REQUEST: i32 = 4;
const IS_STAMP: i32 = 8;
const IS_EVENT: i32 = 16;

/** Which of the known keys stands here, compared eight bytes at a time. */
function keyOf(place: i32, length: i32): i32 {
	switch (length) {
		case 5: // event
			return load<u32>(place) == 0x6e657665 && at(place + 4) == 116 ? IS_EVENT : OTHER;
		case 9: {
			const start = load<u64>(place);
			if (start == 0x695f646165726874 && at(place + 8) == 100) {
				return IS_THREAD; // thread_id
			}
			return start == 0x6d617473656d6974 && at(place + 8) == 112 ? IS_STAMP : OTHER; // timestamp
		}
		case 10: // request_id
			return load<u64>(place) == 0x5f74736575716572 && load<u16>(place + 8) == 0x6469 ? IS_REQUEST : OTHER;
		case 12: // agent_run_id
			return load<u64>(place) == 0x75725f746e656761 && load<u32>(place + 8) == 0x64695f6e ? IS_RUN : OTHER;
		default:
			return OTHER;
	}
}

/** The quote that ends a text of JSON in plain ASCII, without escapes; -1 for any other text. */
@inline
function textEnd(place: i32): i32 {
	for (let here = place; ; here += 16) {
		const bytes = v128.load(here);
		// As signed numbers what is not ASCII is below the space as well.
		const special = i8x16.bitmask(
			v128.or(
				v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(92))),
				i8x16.lt_s(bytes, i8x16.splat(32)),
			),
		);
		if (special) {
			const end = here + <i32>ctz(special);
			return at(end) == QUOTE ? end : -1;
		}
	}
	return unreachable();
}

/** Behind a whole number or a literal of JSON; -1 for anything else. */
function scalarEnd(place: i32): i32 {
	const first = at(place);
	if (first == 110) {
		return load<u32>(place) == 0x6c6c756e ? place + 4 : -1; // null
	}
	if (first == 116) {
		return load<u32>(place) == 0x65757274 ? place + 4 : -1; // true
	}
	if (first == 102) {
		return load<u32>(place) == 0x736c6166 && at(place + 4) == 101 ? place + 5 : -1; // false
	}
	const digits = first == DASH ? place + 1 : place;
	let end = digits;
	while (isDigit(at(end))) {
		end++;
	}
	return end == digits || (at(digits) == 48 && end > digits + 1) ? -1 : end;
}

/** Keeps the name of a thread or a run; false where there is no room for it. */
function keep(key: i32, place: i32, end: i32, record: i32): bool {
	if (key != IS_THREAD && key != IS_RUN) {
		return true;
	}
	const name = numberOf(place, end - place);
	store<i32>(record + (key == IS_THREAD ? THREAD : RUN), name);
	return name >= 0;
}

/** The members of a JSON object from the quote that ends its event to its end. */
export function readJson(place: i32, end: i32, record: i32): bool {
	if (at(place) != QUOTE) {
		return false;
	}
	store<i64>(record, 0, THREAD);
	let seen: i32 = 0;
	let here = place + 1;
	// `, "` and the key, then `: ` and the value: as Python writes it.
	while (load<u16>(here) == 0x202c && at(here + 2) == QUOTE) {
		const name = here + 3;
		const nameEnd = textEnd(name);
		if (nameEnd < 0 || load<u16>(nameEnd + 1) != 0x203a) {
			return false;
		}
		const key = keyOf(name, nameEnd - name);
		if (key == IS_EVENT || (seen & key) != 0) {
			return false;
		}
		seen |= key;
		const value = nameEnd + 3;
		if (at(value) == QUOTE) {
			const valueEnd = textEnd(value + 1);
			if (valueEnd < 0 || !keep(key, value + 1, valueEnd, record)) {
				return false;
			}
			if (key == IS_STAMP && readStamp(value + 1) != valueEnd - value - 1) {
				return false;
			}
			here = valueEnd + 1;
		} else {
			here = scalarEnd(value);
			if (here < 0 || key == IS_STAMP) {
				return false;
			}
		}
	}
	return at(here) == CLOSE_CURLY && here + 1 == end && (seen & IS_STAMP) != 0;
}

/** Behind escape sequences that set colours; -1 where there is another. */
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

/** Behind a value, bare or in quotes; -1 where it holds anything else than printable ASCII, or escapes in quotes. */
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

/** The `key=value` pairs up to the end of a line, with or without colours. */
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
			// Quotes are taken off by who decodes the line.
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
