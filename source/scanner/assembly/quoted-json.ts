/**
 * Skips JSON that is itself in a JSON text, with a backslash before each quote and each backslash. As strict as
 * `json.ts`, and stricter: of the outer text's escapes, only those of quotes, backslashes and slashes are skipped, and
 * the code points by which docker writes `<`, `>` and `&`.
 */

import {
	at,
	BACKSLASH,
	CLOSE_CURLY,
	CLOSE_SQUARE,
	COLON,
	COMMA,
	OPEN_CURLY,
	LETTER_U,
	OPEN_SQUARE,
	QUOTE,
	SPACE,
} from './bytes';
import {isEscape, REFUSED, skipPlain, skipValue} from './json';

const DEEPEST: i32 = 200;
const SLASH: u32 = 47;
/** `003c`, `003e` and `0026` in memory order. */
const LESS: u32 = 0x63333030;
const GREATER: u32 = 0x65333030;
const AMPERSAND: u32 = 0x36323030;

@inline
function isQuote(place: i32): bool {
	return at(place) == BACKSLASH && at(place + 1) == QUOTE;
}

/** Address after an escape in a text, given the address after its two backslashes. */
function skipEscape(place: i32): i32 {
	const byte = at(place);
	if (byte == BACKSLASH) {
		const escaped = at(place + 1);
		return escaped == QUOTE || escaped == BACKSLASH ? place + 2 : REFUSED;
	}
	return byte == QUOTE || !isEscape(place) ? REFUSED : byte == LETTER_U ? place + 5 : place + 1;
}

/** Address after a text, given the address after its opening quote. */
function skipText(from: i32): i32 {
	let place = from;
	for (;;) {
		place = skipPlain(place);
		if (at(place) != BACKSLASH) {
			return REFUSED;
		}
		const byte = at(place + 1);
		if (byte == QUOTE) {
			return place + 2;
		}
		if (byte == BACKSLASH) {
			place = skipEscape(place + 2);
			if (place == REFUSED) {
				return REFUSED;
			}
		} else if (byte == LETTER_U) {
			const number = load<u32>(place, 2);
			if (number != LESS && number != GREATER && number != AMPERSAND) {
				return REFUSED;
			}
			place += 6;
		} else if (byte == SLASH) {
			place += 2;
		} else {
			return REFUSED;
		}
	}
	return unreachable();
}

function skipSpaces(place: i32): i32 {
	let here = place;
	while (at(here) == SPACE) {
		here++;
	}
	return here;
}

/** Address after an array or an object, given that of its bracket. */
function skipMembers(place: i32, depth: i32): i32 {
	const isObject = at(place) == OPEN_CURLY;
	const closing = isObject ? CLOSE_CURLY : CLOSE_SQUARE;
	let here = skipSpaces(place + 1);
	if (at(here) == closing) {
		return here + 1;
	}
	for (;;) {
		if (isObject) {
			here = isQuote(here) ? skipText(here + 2) : REFUSED;
			if (here == REFUSED) {
				return REFUSED;
			}
			here = skipSpaces(here);
			if (at(here) != COLON) {
				return REFUSED;
			}
			here = skipSpaces(here + 1);
		}
		here = skipQuoted(here, depth + 1);
		if (here == REFUSED) {
			return REFUSED;
		}
		here = skipSpaces(here);
		if (at(here) == closing) {
			return here + 1;
		}
		if (at(here) != COMMA) {
			return REFUSED;
		}
		here = skipSpaces(here + 1);
	}
	return unreachable();
}

/**
 * Address after the value that starts here.
 * @param depth number of enclosing arrays and objects
 */
export function skipQuoted(place: i32, depth: i32): i32 {
	const byte = at(place);
	if (depth > DEEPEST || byte == QUOTE) {
		return REFUSED;
	}
	if (byte == OPEN_CURLY || byte == OPEN_SQUARE) {
		return skipMembers(place, depth);
	}
	return isQuote(place) ? skipText(place + 2) : skipValue(place, depth);
}
