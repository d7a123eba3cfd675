/**
 * Skips JSON as strictly as `JSON.parse` without decoding it, 64 bytes of a text at a time. What is skipped is valid,
 * except that invalid UTF-8 in texts is accepted, as in decoding. A newline is not white space here, because it ends
 * the line. `../../formats/json/json-skip.ts` does the same in JavaScript.
 */

import {
	at,
	BACKSLASH,
	bitsOf,
	CARRIAGE_RETURN,
	CLOSE_CURLY,
	CLOSE_SQUARE,
	COLON,
	COMMA,
	DASH,
	DOT,
	isDigit,
	LETTER_E,
	LETTER_F,
	LETTER_N,
	LETTER_T,
	LETTER_U,
	OPEN_CURLY,
	OPEN_SQUARE,
	QUOTE,
	SPACE,
	TAB,
} from './bytes';

/** Returned if there is no valid value, or it is nested too deep. */
export const REFUSED: i32 = -1;

/** Maximum number of enclosing arrays and objects. */
const DEEPEST: i32 = 200;

const TRUE: u32 = 0x65757274;
/** Its last four letters. */
const FALSE_END: u32 = 0x65736c61;
const NULL: u32 = 0x6c6c756e;

/** Bits of the characters that may follow a backslash: `"` and `/` below 64, `\bfnrtu` above. */
const ESCAPES_BELOW: u64 = ((<u64>1) << 34) | ((<u64>1) << 47);
const ESCAPES_ABOVE: u64 =
	((<u64>1) << 28) |
	((<u64>1) << 34) |
	((<u64>1) << 38) |
	((<u64>1) << 46) |
	((<u64>1) << 50) |
	((<u64>1) << 52) |
	((<u64>1) << 53);
const EVEN: u64 = 0x5555555555555555;

/** The next address without white space. */
@inline
export function skipSpace(place: i32): i32 {
	let here = place;
	for (let byte = at(here); byte == SPACE || byte == TAB || byte == CARRIAGE_RETURN; byte = at(here)) {
		here++;
	}
	return here;
}

@inline
function isHexadecimal(byte: u32): bool {
	return isDigit(byte) || (byte | 32) - 97 <= 5;
}

/** True if what follows a backslash is an escape. */
@inline
export function isEscape(place: i32): bool {
	const byte = at(place);
	if (((byte < 64 ? ESCAPES_BELOW : byte < 128 ? ESCAPES_ABOVE : 0) >> (byte & 63) & 1) == 0) {
		return false;
	}
	return (
		byte != LETTER_U ||
		(isHexadecimal(at(place + 1)) &&
			isHexadecimal(at(place + 2)) &&
			isHexadecimal(at(place + 3)) &&
			isHexadecimal(at(place + 4)))
	);
}

@inline
function special(bytes: v128): v128 {
	return v128.or(
		v128.or(i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)), i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH))),
		i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE)),
	);
}

/** The next address in a text with its end, an escape, or a byte that is not allowed. */
@inline
export function skipPlain(place: i32): i32 {
	let here = place;
	for (;;) {
		const found = i8x16.bitmask(special(v128.load(here)));
		if (found != 0) {
			return here + ctz(found);
		}
		here += 16;
	}
	return unreachable();
}

@inline
function bitsEqual(one: v128, two: v128, three: v128, four: v128, byte: v128): u64 {
	return bitsOf(i8x16.eq(one, byte), i8x16.eq(two, byte), i8x16.eq(three, byte), i8x16.eq(four, byte));
}

/** Address after a text, given the address after its opening quote. */
function skipText(place: i32): i32 {
	const plain = i8x16.bitmask(special(v128.load(place)));
	if (plain != 0 && at(place + ctz(plain)) == QUOTE) {
		return place + ctz(plain) + 1;
	}
	/** 1 if the first of these bytes follows a backslash. */
	let carried: u64 = 0;
	for (let here = place; ; here += 64) {
		const one = v128.load(here);
		const two = v128.load(here, 16);
		const three = v128.load(here, 32);
		const four = v128.load(here, 48);
		const backslashes = bitsEqual(one, two, three, four, i8x16.splat(<i8>BACKSLASH));
		let escaped = carried;
		carried = 0;
		if (backslashes != 0) {
			// In a run of backslashes, every second one is escaped. Adding to the start of a run carries to its end;
			// whether the run's length is even or odd determines whether the next byte is escaped (simdjson).
			const starting = backslashes & ~escaped;
			const follows = (starting << 1) | escaped;
			const oddStarts = starting & ~EVEN & ~follows;
			const sums = oddStarts + starting;
			carried = sums < starting ? 1 : 0;
			escaped = (EVEN ^ (sums << 1)) & follows;
		}
		const allQuotes = bitsEqual(one, two, three, four, i8x16.splat(<i8>QUOTE));
		const quotes = allQuotes & ~escaped;
		const within = (quotes & (0 - quotes)) - 1;
		const space = i8x16.splat(<i8>SPACE);
		const lowest = i8x16.min_u(i8x16.min_u(one, two), i8x16.min_u(three, four));
		if (v128.any_true(i8x16.lt_u(lowest, space))) {
			const controls = bitsOf(
				i8x16.lt_u(one, space),
				i8x16.lt_u(two, space),
				i8x16.lt_u(three, space),
				i8x16.lt_u(four, space),
			);
			if ((controls & within) != 0) {
				return REFUSED;
			}
		}
		if ((escaped & within) != 0) {
			// Of the escapes, nearly all are line ends, quotes or backslashes.
			const lines = bitsEqual(one, two, three, four, i8x16.splat(<i8>LETTER_N));
			for (let left = escaped & within & ~(lines | allQuotes | backslashes); left != 0; left &= left - 1) {
				if (!isEscape(here + <i32>ctz(left))) {
					return REFUSED;
				}
			}
		}
		if (quotes != 0) {
			return here + <i32>ctz(quotes) + 1;
		}
	}
	return unreachable();
}

function skipDigits(place: i32): i32 {
	let here = place;
	while (isDigit(at(here))) {
		here++;
	}
	return here == place ? REFUSED : here;
}

/** JSON's grammar of numbers: RFC 8259, section 6. */
function skipNumber(place: i32): i32 {
	const whole = at(place) == DASH ? place + 1 : place;
	let here = at(whole) == 48 ? whole + 1 : skipDigits(whole);
	if (here != REFUSED && at(here) == DOT) {
		here = skipDigits(here + 1);
	}
	if (here != REFUSED && (at(here) | 32) == LETTER_E) {
		const sign = at(here + 1);
		here = skipDigits(sign == DASH || sign == 43 ? here + 2 : here + 1);
	}
	return here;
}

/** Address after an array, given that of its bracket. */
function skipArray(place: i32, depth: i32): i32 {
	let here = skipSpace(place + 1);
	if (at(here) == CLOSE_SQUARE) {
		return here + 1;
	}
	for (;;) {
		here = skipValue(here, depth + 1);
		if (here < 0) {
			return REFUSED;
		}
		here = skipSpace(here);
		if (at(here) == CLOSE_SQUARE) {
			return here + 1;
		}
		if (at(here) != COMMA) {
			return REFUSED;
		}
		here = skipSpace(here + 1);
	}
	return unreachable();
}

/** Address after an object, given that of its brace. */
function skipObject(place: i32, depth: i32): i32 {
	let here = skipSpace(place + 1);
	if (at(here) == CLOSE_CURLY) {
		return here + 1;
	}
	for (;;) {
		here = at(here) == QUOTE ? skipText(here + 1) : REFUSED;
		if (here < 0) {
			return REFUSED;
		}
		here = skipSpace(here);
		if (at(here) != COLON) {
			return REFUSED;
		}
		here = skipValue(skipSpace(here + 1), depth + 1);
		if (here < 0) {
			return REFUSED;
		}
		here = skipSpace(here);
		if (at(here) == CLOSE_CURLY) {
			return here + 1;
		}
		if (at(here) != COMMA) {
			return REFUSED;
		}
		here = skipSpace(here + 1);
	}
	return unreachable();
}

/**
 * Address after the value that starts here.
 * @param depth number of enclosing arrays and objects
 */
export function skipValue(place: i32, depth: i32): i32 {
	if (depth > DEEPEST) {
		return REFUSED;
	}
	switch (at(place)) {
		case QUOTE:
			return skipText(place + 1);
		case OPEN_CURLY:
			return skipObject(place, depth);
		case OPEN_SQUARE:
			return skipArray(place, depth);
		case LETTER_T:
			return load<u32>(place) == TRUE ? place + 4 : REFUSED;
		case LETTER_F:
			return load<u32>(place, 1) == FALSE_END ? place + 5 : REFUSED;
		case LETTER_N:
			return load<u32>(place) == NULL ? place + 4 : REFUSED;
		default:
			return skipNumber(place);
	}
}
