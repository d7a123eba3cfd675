/** The context of an event in JSON. */

import {at, CLOSE_CURLY, DASH, isDigit, isSame, QUOTE} from './bytes';
import {IS_EVENT, IS_STAMP, keep, keyOf} from './context';
import {HEAD_COUNT, HEADS, RUN, THREAD, WORDING} from './memory';
import {readStamp} from './stamp';

/** The quote that ends a JSON text in plain ASCII without escapes; -1 for any other text. */
@inline
function textEnd(place: i32): i32 {
	for (let here = place; ; here += 16) {
		const bytes = v128.load(here);
		// As signed numbers, bytes beyond ASCII are below the space as well.
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

/** Address after a whole number or a JSON literal; -1 for anything else. */
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

/** The known keys seen in the current object. */
let seen: i32 = 0;

/** Address after members, or of the text of the first one that is the time; -1 if one cannot be read exactly. */
function behindMembers(place: i32, record: i32): i32 {
	let here = place;
	// `, "` and the key, then `: ` and the value, as Python writes them.
	while (load<u16>(here) == 0x202c && at(here + 2) == QUOTE) {
		const name = here + 3;
		const nameEnd = textEnd(name);
		if (nameEnd < 0 || load<u16>(nameEnd + 1) != 0x203a) {
			return -1;
		}
		const key = keyOf(name, nameEnd - name);
		if (key == IS_EVENT || (seen & key) != 0) {
			return -1;
		}
		seen |= key;
		const value = nameEnd + 3;
		if (key == IS_STAMP) {
			return at(value) == QUOTE ? value + 1 : -1;
		}
		if (at(value) == QUOTE) {
			const valueEnd = textEnd(value + 1);
			if (valueEnd < 0 || !keep(key, value + 1, valueEnd, record)) {
				return -1;
			}
			here = valueEnd + 1;
		} else {
			here = scalarEnd(value);
			if (here < 0) {
				return -1;
			}
		}
	}
	return here;
}

// Between text and time, nearly all lines of a wording are equal; after the time, those of a conversation, which follow
// each other. Equal parts are not read again: the address and length of the former are kept for the last line of each
// wording, those of the latter for the last line.
let tail: i32 = 0;
let tailLength: i32 = -1;
let tailThread: i32 = 0;
let tailRun: i32 = 0;

/** To be called when other bytes are at the addresses of earlier lines. */
export function forgetLines(): void {
	memory.fill(HEADS, 0, HEAD_COUNT << 3);
	tailLength = -1;
}

/** Address of the time after members that are equal to those of an earlier line; -1 if they differ. */
function behindHead(place: i32, head: i32): i32 {
	const length = load<i32>(head, 4);
	return length > 0 && isSame(place, load<i32>(head), length) ? place + length : -1;
}

/** Reads the members after the time, up to the end of the object. */
function readTail(place: i32, end: i32, record: i32): bool {
	/** True if nothing before the time affects what follows it. */
	const isAlone = seen == IS_STAMP;
	if (isAlone && end - place == tailLength && isSame(place, tail, tailLength)) {
		store<i32>(record, tailThread, THREAD);
		store<i32>(record, tailRun, RUN);
		return true;
	}
	const behind = behindMembers(place, record);
	if (behind < 0 || at(behind) != CLOSE_CURLY || behind + 1 != end) {
		return false;
	}
	if (isAlone) {
		tail = place;
		tailLength = end - place;
		tailThread = load<i32>(record, THREAD);
		tailRun = load<i32>(record, RUN);
	}
	return true;
}

/** Reads the members of a JSON object, from the quote that ends its event to its end. */
export function readJson(place: i32, end: i32, record: i32): bool {
	if (at(place) != QUOTE) {
		return false;
	}
	store<i64>(record, 0, THREAD);
	seen = IS_STAMP;
	const head = HEADS + (load<i32>(record, WORDING) << 3);
	let stamp = behindHead(place, head);
	if (stamp < 0) {
		seen = 0;
		stamp = behindMembers(place + 1, record);
		if (stamp < 0 || (seen & IS_STAMP) == 0) {
			return false;
		}
		if (seen == IS_STAMP) {
			store<i32>(head, place);
			store<i32>(head, stamp - place, 4);
		}
	}
	const length = readStamp(stamp);
	return length > 0 && at(stamp + length) == QUOTE && readTail(stamp + length + 1, end, record);
}
