/** Numbers for recurring names, so that each becomes a JavaScript string only once. */

import {isSame} from './bytes';
import {NAMES, NAMES_END, SLOT_COUNT, SLOTS} from './memory';

/** Number of names so far; 0 means no name. */
let count: i32 = 0;
let end: i32 = NAMES;

const LONGEST: i32 = 200;
/** Maximum number of names: after that, lines with new names must be decoded until the table is cleared. */
const MOST: i32 = 40000;
/** Odd, without a pattern in its bits: 2⁶⁴ divided by the golden ratio. */
const SPREAD: u64 = 0x9e3779b97f4a7c15;

export function nameCount(): i32 {
	return count;
}

export function forgetNames(): void {
	memory.fill(SLOTS, 0, SLOT_COUNT * 16);
	count = 0;
	end = NAMES;
}

function hashOf(place: i32, length: i32): u32 {
	let hash: u64 = <u64>length;
	let index = 0;
	for (; index + 8 <= length; index += 8) {
		hash = (hash ^ load<u64>(place + index)) * SPREAD;
	}
	if (length >= 8) {
		hash = (hash ^ load<u64>(place + length - 8)) * SPREAD;
	} else {
		for (; index < length; index++) {
			hash = (hash ^ load<u8>(place + index)) * SPREAD;
		}
	}
	return <u32>(hash >>> 32);
}

/** The number of a name, the same for equal bytes; 0 for an empty one, -1 if there is no room. */
export function numberOf(place: i32, length: i32): i32 {
	if (length == 0) {
		return 0;
	}
	const hash = hashOf(place, length);
	for (let slot = hash & (SLOT_COUNT - 1); ; slot = (slot + 1) & (SLOT_COUNT - 1)) {
		const known = SLOTS + (slot << 4);
		const number = load<i32>(known, 12);
		if (number == 0) {
			if (count >= MOST || length > LONGEST || end + 2 + length > NAMES_END) {
				return -1;
			}
			store<u16>(end, length);
			memory.copy(end + 2, place, length);
			store<u32>(known, hash);
			store<i32>(known, end + 2, 4);
			store<i32>(known, length, 8);
			store<i32>(known, ++count, 12);
			end += 2 + length;
			return count;
		}
		if (
			load<u32>(known) == hash &&
			load<i32>(known, 8) == length &&
			isSame(load<i32>(known, 4), place, length)
		) {
			return number;
		}
	}
	return unreachable();
}
