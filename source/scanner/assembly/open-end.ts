/** The end of a line: whether a value starts there and continues on the next line. */

import {at, CARRIAGE_RETURN, isDigit, OPEN_CURLY, OPEN_ROUND, OPEN_SQUARE} from './bytes';

const HASH: u32 = 0x23;
/** Maximum bytes of the number of an object, and what encloses it. */
const HANDLE: i32 = 16;
/** An ellipsis after a blank, in UTF-8, lowest byte first. */
const CUT: u32 = 0xa680e220;
const SMALL_C: u32 = 0x63;
const SMALL_T: u32 = 0x74;
const SMALL_Y: u32 = 0x79;
/** `Arra` and `Obje`, lowest byte first. */
const ARRA: u32 = 0x61727241;
const OBJE: u32 = 0x656a624f;

/** True if a value starts at the end of a line, and continues after it. */
@inline
export function endsOpen(start: i32, end: i32): bool {
	const behind = at(end - 1) == CARRIAGE_RETURN && end - 1 > start ? end - 1 : end;
	const last = at(behind - 1);
	return (
		end > start &&
		(last == OPEN_CURLY ||
			last == OPEN_SQUARE ||
			last == OPEN_ROUND ||
			endsWithType(start, behind, last) ||
			(isDigit(last) && endsWithHandle(start, behind)))
	);
}

/** Address after which a line has only digits before `end`. */
function beforeDigits(start: i32, end: i32): i32 {
	let here = end;
	while (here > start && isDigit(at(here - 1))) {
		here--;
	}
	return here;
}

/** True if a line ends like the start of an object by Symfony's `dump`: `{#12`, `{#12 …2`. */
@inline
function endsWithHandle(start: i32, end: i32): bool {
	const tail = v128.load(end - HANDLE);
	const curly = i8x16.bitmask(i8x16.eq(tail, i8x16.splat(<i8>OPEN_CURLY)));
	return ((curly << 1) & i8x16.bitmask(i8x16.eq(tail, i8x16.splat(<i8>HASH)))) != 0 && isHandle(start, end);
}

function isHandle(start: i32, end: i32): bool {
	const last = beforeDigits(start, end);
	const isCut = last - 4 >= start && load<u32>(last - 4) == CUT;
	const number = isCut ? last - 4 : end;
	const here = isCut ? beforeDigits(start, number) : last;
	return (
		here < number &&
		here - 2 >= start &&
		end - here <= HANDLE - 2 &&
		at(here - 1) == HASH &&
		at(here - 2) == OPEN_CURLY
	);
}

/** True if a line ends like the start of PHP's `print_r`: with `Array`, or a class and `Object`. */
@inline
function endsWithType(start: i32, end: i32, last: u32): bool {
	return (
		(last == SMALL_Y && end - 5 >= start && load<u32>(end - 5) == ARRA) ||
		(last == SMALL_T && end - 6 >= start && load<u32>(end - 6) == OBJE && at(end - 2) == SMALL_C)
	);
}
