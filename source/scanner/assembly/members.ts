/**
 * Finds the values of wanted members in one JSON object per line. A table says which: a node for each object with
 * wanted members has, for each length of a name in bytes, the address of the list of those members (0 for none). A list
 * is its length and, for each member, its number and the addresses of its name, of the node of its own members, and of
 * the texts allowed as its value (0 for any): their number, and the length and address of each.
 *
 * The node of a line's object ends with the address of the list of watched members (0 for none): their number and, for
 * each, its number, its groups, the address of the texts looked for at its beginning (0 for none), and the first one's bit.
 */

import {at, BACKSLASH, CLOSE_CURLY, COLON, COMMA, isSame, NEWLINE, OPEN_CURLY, QUOTE} from './bytes';
import {REFUSED, skipPlain, skipSpace, skipValue} from './json';
import {
	BEFORE,
	CHANGED,
	HAS_BEFORE,
	LINE_END,
	LONGEST_NAME,
	MEMBERS,
	MOST_MEMBERS,
	TELLING_BYTES,
	TOLD,
} from './member-memory';

/** The value of a member is none of the allowed texts: nothing else is needed. */
const ENOUGH: i32 = -2;

/** The kind of a line: an object, irrelevant, or to be decoded. */
const OBJECT: i32 = 0;
const OTHER: i32 = 1;
const TO_DECODE: i32 = 2;

/** Where `ENOUGH` was returned. */
let reached: i32 = 0;

/** Address of a wanted member in the table; 0 for any other. */
@inline
function wanted(node: i32, name: i32, length: i32): i32 {
	const list = length <= LONGEST_NAME ? load<i32>(node + (length << 2)) : 0;
	if (list != 0) {
		let member = list + 4;
		for (let left = load<i32>(list); left > 0; left--) {
			if (isSame(name, load<i32>(member, 4), length)) {
				return member;
			}
			member += 16;
		}
	}
	return 0;
}

/** Compares a text with the allowed ones: `ENOUGH` if it is none, `REFUSED` if it has escapes. */
function among(texts: i32, from: i32, behind: i32): i32 {
	let text = texts + 4;
	for (let left = load<i32>(texts); left > 0; left--) {
		const length = load<i32>(text);
		if (length == behind - from && isSame(from, load<i32>(text, 4), length)) {
			return behind;
		}
		text += 8;
	}
	if (at(from) == QUOTE && at(skipPlain(from + 1)) == BACKSLASH) {
		return REFUSED;
	}
	reached = behind;
	return ENOUGH;
}

/** Address after the object that starts here. */
function readMembers(place: i32, node: i32, depth: i32): i32 {
	let here = skipSpace(place + 1);
	if (at(here) == CLOSE_CURLY) {
		return here + 1;
	}
	for (;;) {
		const key = here + 1;
		const behindKey = at(here) == QUOTE ? skipPlain(key) : here;
		// A key with escapes may be that of any member.
		if (at(behindKey) != QUOTE || behindKey == here) {
			return REFUSED;
		}
		const member = wanted(node, key, behindKey - key);
		const span = member == 0 ? 0 : MEMBERS + (load<i32>(member) << 3);
		// Of repeated members, the last one counts.
		if (member != 0 && load<i32>(span, 4) != 0) {
			return REFUSED;
		}
		here = skipSpace(behindKey + 1);
		if (at(here) != COLON) {
			return REFUSED;
		}
		const value = skipSpace(here + 1);
		const inside = member == 0 ? 0 : load<i32>(member, 8);
		here =
			inside != 0 && at(value) == OPEN_CURLY ? readMembers(value, inside, depth + 1) : skipValue(value, depth + 1);
		if (here < 0) {
			return here;
		}
		if (member != 0) {
			store<i32>(span, value);
			store<i32>(span, here, 4);
			const texts = load<i32>(member, 12);
			if (texts != 0) {
				here = among(texts, value, here);
				if (here < 0) {
					return here;
				}
			}
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

/** True if a text is within some bytes. */
function holds(from: i32, end: i32, text: i32, length: i32): bool {
	const first = i8x16.splat(<i8>at(text));
	const last = i8x16.splat(<i8>at(text + length - 1));
	for (let here = from; here + length <= end; here += 16) {
		const starts = i8x16.eq(v128.load(here), first);
		const ends = i8x16.eq(v128.load(here + length - 1), last);
		for (let found = i8x16.bitmask(v128.and(starts, ends)); found != 0; found &= found - 1) {
			const place = here + ctz(found);
			if (place + length <= end && isSame(place, text, length)) {
				return true;
			}
		}
	}
	return false;
}

/** A bit for each text, lowest first, that is at the beginning of a value. */
function textsIn(texts: i32, from: i32, behind: i32): i32 {
	const end = min(behind, from + TELLING_BYTES);
	const count = load<i32>(texts);
	let found = 0;
	for (let index = 0; index < count; index++) {
		const text = texts + 4 + (index << 3);
		if (holds(from, end, load<i32>(text, 4), load<i32>(text))) {
			found |= 1 << index;
		}
	}
	return found;
}

/** Compares the watched members with those of the object before, and looks for texts in them. */
function watch(list: i32): void {
	const isFirst = load<i32>(HAS_BEFORE) == 0;
	let changed = 0;
	let told = 0;
	let watched = list + 4;
	for (let left = load<i32>(list); left > 0; left--) {
		const place = load<i32>(watched) << 3;
		const from = load<i32>(MEMBERS + place);
		const behind = load<i32>(MEMBERS + place, 4);
		const before = load<i32>(BEFORE + place);
		const length = behind - from;
		if (isFirst || load<i32>(BEFORE + place, 4) - before != length || !isSame(from, before, length)) {
			changed |= load<i32>(watched, 4);
		}
		store<i32>(BEFORE + place, from);
		store<i32>(BEFORE + place, behind, 4);
		const texts = load<i32>(watched, 8);
		if (texts != 0) {
			told |= textsIn(texts, from, behind) << load<i32>(watched, 12);
		}
		watched += 16;
	}
	store<i32>(CHANGED, changed);
	store<i32>(TOLD, told);
	store<i32>(HAS_BEFORE, 1);
}

function lineEndFrom(place: i32, end: i32): i32 {
	for (let here = place; here < end; here += 16) {
		const found = i8x16.bitmask(i8x16.eq(v128.load(here), i8x16.splat(<i8>NEWLINE)));
		if (found != 0) {
			return min(end, here + ctz(found));
		}
	}
	return end;
}

/**
 * Finds the wanted members of the line that starts here: the start and end of each value (0 if missing), and the end of
 * the line.
 * @param end of the bytes, followed by zeros or a newline
 * @param node the wanted members of its object
 */
export function readObject(start: i32, end: i32, node: i32): i32 {
	memory.fill(MEMBERS, 0, MOST_MEMBERS << 3);
	const from = skipSpace(start);
	const behind = at(from) == OPEN_CURLY ? readMembers(from, node, 0) : REFUSED;
	if (behind == ENOUGH && reached <= end) {
		store<i32>(LINE_END, lineEndFrom(reached, end));
		return OTHER;
	}
	if (behind >= 0 && behind <= end) {
		const last = skipSpace(behind);
		if (last >= end || at(last) == NEWLINE) {
			store<i32>(LINE_END, min(last, end));
			const watched = load<i32>(node + ((LONGEST_NAME + 1) << 2));
			if (watched != 0) {
				watch(watched);
			}
			return OBJECT;
		}
	}
	store<i32>(LINE_END, lineEndFrom(start, end));
	store<i32>(HAS_BEFORE, 0);
	return TO_DECODE;
}
