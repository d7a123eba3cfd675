/**
 * Whether a line may have the name of a token count, or of what such counts stand in: one of the needles of
 * `../../formats/usage/shapes`, which a test compares. "tokens" alone is in many lines.
 */

import {
	APOSTROPHE,
	at,
	BACKSLASH,
	BEYOND_ASCII,
	CAPITAL_D,
	CAPITAL_T,
	COLON,
	DASH,
	EQUALS,
	isUpper,
	LETTER_C,
	LETTER_D,
	LETTER_E,
	LETTER_K,
	LETTER_M,
	LETTER_N,
	LETTER_S,
	LETTER_U,
	QUOTE,
	SPACE,
	UNDERSCORE,
} from './bytes';

/** `tail`, `tric` and `lta`, of details, metrics and delta. */
const TAIL: u32 = 0x6c696174;
const TRIC: u32 = 0x63697274;
const LTA: u32 = 0x61746c;

/** True if a byte joins words, or begins a word after another. */
@inline
function isJoint(byte: u32): bool {
	return byte == UNDERSCORE || byte == DASH || isUpper(byte);
}

/** True if a value follows a name that ends here: `": {`. */
function isFollowedByValue(place: i32): bool {
	let here = place;
	while (at(here) == BACKSLASH) {
		here++;
	}
	if (at(here) == QUOTE || at(here) == APOSTROPHE) {
		here++;
	}
	// Other white space than blanks counts as well, also beyond ASCII.
	if (at(here) <= SPACE || at(here) >= BEYOND_ASCII) {
		here++;
	}
	return at(here) == COLON || at(here) == EQUALS;
}

/** True if the word with "ken" here is one of several in a name, or the name of a value. */
function isName(place: i32): bool {
	const before = at(place - 3);
	const after = at(place + 3);
	if (before == UNDERSCORE || before == DASH || at(place - 2) == CAPITAL_T) {
		return true;
	}
	return (
		isJoint(after) ||
		after == LETTER_U ||
		after == LETTER_C ||
		(after == LETTER_S && (isJoint(at(place + 4)) || isFollowedByValue(place + 4)))
	);
}

/** True if a line may have usage; false if it certainly has none. */
export function mayHaveUsage(start: i32, end: i32): bool {
	for (let place = start; place < end; place += 16) {
		const bytes = v128.load(place);
		// `ke`, and `de`, `De` and `me` of details, delta and metrics.
		const firsts = v128.or(
			v128.or(i8x16.eq(bytes, i8x16.splat(<i8>LETTER_K)), i8x16.eq(bytes, i8x16.splat(<i8>LETTER_D))),
			v128.or(i8x16.eq(bytes, i8x16.splat(<i8>CAPITAL_D)), i8x16.eq(bytes, i8x16.splat(<i8>LETTER_M))),
		);
		const seconds = i8x16.eq(v128.load(place, 1), i8x16.splat(<i8>LETTER_E));
		for (let found = i8x16.bitmask(v128.and(firsts, seconds)); found != 0; found &= found - 1) {
			const here = place + ctz(found);
			const rest = load<u32>(here + 2);
			if (at(here) == LETTER_K) {
				if ((rest & 0xff) == LETTER_N && isName(here)) {
					return true;
				}
			} else if (rest == TAIL || rest == TRIC || (rest & 0xffffff) == LTA) {
				return true;
			}
		}
	}
	return false;
}
