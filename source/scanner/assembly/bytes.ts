/** Characters by code, and classes of characters. */

export const TAB: u32 = 9;
export const NEWLINE: u32 = 10;
export const CARRIAGE_RETURN: u32 = 13;
export const ESCAPE: u32 = 27;
export const SPACE: u32 = 32;
export const QUOTE: u32 = 34;
export const APOSTROPHE: u32 = 39;
export const OPEN_ROUND: u32 = 40;
export const CLOSE_ROUND: u32 = 41;
export const COMMA: u32 = 44;
export const DASH: u32 = 45;
export const DOT: u32 = 46;
export const COLON: u32 = 58;
export const SEMICOLON: u32 = 59;
export const EQUALS: u32 = 61;
export const CAPITAL_D: u32 = 68;
export const CAPITAL_T: u32 = 84;
export const CAPITAL_Z: u32 = 90;
export const OPEN_SQUARE: u32 = 91;
export const BACKSLASH: u32 = 92;
export const CLOSE_SQUARE: u32 = 93;
export const UNDERSCORE: u32 = 95;
export const LETTER_C: u32 = 99;
export const LETTER_D: u32 = 100;
export const LETTER_E: u32 = 101;
export const LETTER_F: u32 = 102;
export const LETTER_K: u32 = 107;
export const LETTER_M: u32 = 109;
export const LETTER_N: u32 = 110;
export const LETTER_S: u32 = 115;
export const LETTER_T: u32 = 116;
export const LETTER_U: u32 = 117;
export const OPEN_CURLY: u32 = 123;
export const CLOSE_CURLY: u32 = 125;
/** Bytes from here on are not ASCII. */
export const BEYOND_ASCII: u32 = 128;

@inline
export function at(place: i32): u32 {
	return load<u8>(place);
}

@inline
export function isDigit(byte: u32): bool {
	return byte - 48 <= 9;
}

@inline
export function isUpper(byte: u32): bool {
	return byte - 65 <= 25;
}

@inline
export function isLower(byte: u32): bool {
	return byte - 97 <= 25;
}

@inline
export function isLetter(byte: u32): bool {
	return (byte | 32) - 97 <= 25;
}

/** True if a byte is the same in every rendering: printable ASCII, except what JSON escapes. */
@inline
export function isPlain(byte: u32): bool {
	return byte - SPACE < BEYOND_ASCII - SPACE && byte != QUOTE && byte != BACKSLASH;
}

/** A bit for each of 64 bytes, from four vectors of comparisons. */
@inline
export function bitsOf(one: v128, two: v128, three: v128, four: v128): u64 {
	return (
		<u64>i8x16.bitmask(one) |
		(<u64>i8x16.bitmask(two) << 16) |
		(<u64>i8x16.bitmask(three) << 32) |
		(<u64>i8x16.bitmask(four) << 48)
	);
}

/** True if `length` bytes are equal at both addresses. */
export function isSame(one: i32, other: i32, length: i32): bool {
	let index = 0;
	for (; index + 16 <= length; index += 16) {
		if (v128.any_true(v128.xor(v128.load(one + index), v128.load(other + index)))) {
			return false;
		}
	}
	if (index + 8 <= length) {
		if (load<u64>(one + index) != load<u64>(other + index)) {
			return false;
		}
		index += 8;
	}
	if (length >= 8) {
		// The last eight again, which takes fewer steps than byte by byte.
		return load<u64>(one + length - 8) == load<u64>(other + length - 8);
	}
	for (; index < length; index++) {
		if (at(one + index) != at(other + index)) {
			return false;
		}
	}
	return true;
}
