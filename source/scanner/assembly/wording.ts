/**
 * Wordings of events as given by the format: texts, and captures between them. A list of wordings is a list of
 * addresses, ended by 0; a wording is its number and its parts, each a text (1, its length, its bytes) or the code of a
 * capture, ended by 0. The first part is a text of four bytes or more.
 */

import {
	APOSTROPHE,
	at,
	BEYOND_ASCII,
	CLOSE_CURLY,
	CLOSE_ROUND,
	COLON,
	COMMA,
	DOT,
	EQUALS,
	isDigit,
	isLower,
	isPlain,
	isSame,
	OPEN_CURLY,
	SPACE,
} from './bytes';
import {
	FLAG,
	NUMBERS,
	OBJECT_NAME_COUNT,
	OBJECT_NAMES,
	OBJECT_NUMBERS,
	OBJECT_STARTS,
	SPAN,
	SPAN_END,
	WORD,
	WORDING,
	WORDINGS,
} from './memory';
import {numberOf} from './names';

const TEXT: u32 = 1;
const NUMBER: u32 = 2;
const BLOCK: u32 = 3;
const WORD_HERE: u32 = 4;
const ID: u32 = 5;
const LISTED: u32 = 6;
const QUOTED: u32 = 7;
const DECIMAL: u32 = 8;
const KIND_WORDS: u32 = 9;
const MORE: u32 = 10;
const ROLES: u32 = 11;
const OBJECT: u32 = 12;
const DICT: u32 = 13;
const ARROW: u32 = 14;

/** Where the text of a wording's first part is. */
const FIRST_TEXT: i32 = 3;

const LONGEST_WORD: i32 = 200;
const LONGEST_OBJECT: i32 = 4000;
/** Maximum digits of a number of tokens. */
const MOST_DIGITS: i32 = 9;
const MOST_NUMBERS: i32 = 4;

/** `1h TTL` and `Usage(`, as numbers of four and two bytes. */
const ONE_HOUR: u32 = 0x54206831;
const ONE_HOUR_END: u32 = 0x4c54;
const USAGE: u32 = 0x67617355;
const USAGE_END: u32 = 0x2865;

/** `\\u2192` as JSON writes an arrow, and its first bytes in UTF-8. */
const ESCAPED_ARROW: u32 = 0x3132755c;
const ESCAPED_ARROW_END: u32 = 0x3239;
const ARROW_BYTES: u32 = 0x86e2;

/** Number of numbers captured so far. */
let count: i32 = 0;

function number(place: i32, most: i32, record: i32): i32 {
	let end = place;
	let value: i32 = 0;
	for (let byte = at(end); isDigit(byte); byte = at(++end)) {
		if (end - place == most) {
			return -1;
		}
		value = value * 10 + <i32>(byte - 48);
	}
	if (end == place || count == MOST_NUMBERS) {
		return -1;
	}
	store<i32>(record + NUMBERS + (count++ << 2), value);
	return end;
}

function wordEnd(place: i32): i32 {
	let end = place;
	while (at(end) != SPACE && isPlain(at(end))) {
		end++;
	}
	return end > place && end - place <= LONGEST_WORD ? end : -1;
}

function keepWord(place: i32, end: i32, record: i32): i32 {
	if (end <= place) {
		return -1;
	}
	const name = numberOf(place, end - place);
	store<i32>(record, name, WORD);
	return name < 0 ? -1 : end;
}

function quoted(place: i32, record: i32): i32 {
	let end = place;
	while (at(end) != APOSTROPHE && isPlain(at(end))) {
		end++;
	}
	return end - place > LONGEST_WORD ? -1 : keepWord(place, end, record);
}

function decimal(place: i32): i32 {
	let end = place;
	while (isDigit(at(end)) || at(end) == DOT) {
		end++;
	}
	return end > place ? end : -1;
}

/** One to five words in lower-case letters. */
function kindWords(place: i32): i32 {
	let end = place;
	for (let word = 0; word < 5; word++) {
		const first = end;
		while (isLower(at(end))) {
			end++;
		}
		if (end == first) {
			return -1;
		}
		if (at(end) != SPACE || !isLower(at(end + 1))) {
			return end;
		}
		end++;
	}
	return -1;
}

/** `, …` up to a closing bracket, or nothing; notes whether it mentions the 1-hour cache. */
function more(place: i32, record: i32): i32 {
	store<i32>(record, 0, FLAG);
	if (at(place) != COMMA) {
		return place;
	}
	let end = place + 2;
	for (; at(end) != CLOSE_ROUND; end++) {
		if (!isPlain(at(end))) {
			return -1;
		}
		if (load<u32>(end) == ONE_HOUR && load<u16>(end + 4) == ONE_HOUR_END) {
			store<i32>(record, 1, FLAG);
		}
	}
	return at(place + 1) == SPACE && end > place + 2 && end - place <= 82 ? end : -1;
}

function roles(place: i32): i32 {
	let end = place;
	while (at(end) != CLOSE_CURLY && isPlain(at(end))) {
		end++;
	}
	return end - place <= 200 ? end : -1;
}

/** The number after a name, as in `name=5` or `'name': 5`; -1 for any other value. */
function objectNumber(place: i32): i32 {
	let here = place;
	if (at(here) == APOSTROPHE) {
		here++;
	}
	if (at(here) == EQUALS) {
		here++;
	} else if (at(here) == COLON && at(here + 1) == SPACE) {
		here += 2;
	} else {
		return -1;
	}
	const first = here;
	let value: i32 = 0;
	for (let byte = at(here); isDigit(byte); byte = at(++here)) {
		if (here - first == MOST_DIGITS) {
			return -1;
		}
		value = value * 10 + <i32>(byte - 48);
	}
	return here == first ? -1 : value;
}

/** Saves the number of a known name that starts here, unless it has one already. */
function keepNumber(place: i32, record: i32): void {
	const start = i32x4.splat(load<i32>(place));
	const known = v128.or(
		i32x4.eq(start, v128.load(OBJECT_STARTS)),
		i32x4.eq(start, v128.load(OBJECT_STARTS, 16)),
	);
	// Most words are none of them.
	if (!v128.any_true(known)) {
		return;
	}
	let name = OBJECT_NAMES;
	for (let index = 0; index < OBJECT_NAME_COUNT; index++) {
		const length = <i32>at(name);
		const kept = record + OBJECT_NUMBERS + (index << 2);
		if (length > 0 && load<i32>(kept) < 0 && isSame(place, name + 1, length)) {
			store<i32>(kept, objectNumber(place + length));
		}
		name += 1 + length;
	}
}

/** A bit for each of 16 bytes between two others. */
@inline
function between(bytes: v128, first: i8, last: i8): i32 {
	return i8x16.bitmask(v128.and(i8x16.ge_s(bytes, i8x16.splat(first)), i8x16.le_s(bytes, i8x16.splat(last))));
}

@inline
function equal(bytes: v128, byte: i8): i32 {
	return i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(byte)));
}

/** Address after the bracket that closes the first one of an object printed by Python. */
function object(place: i32, record: i32): i32 {
	memory.fill(record + OBJECT_NUMBERS, 255, OBJECT_NAME_COUNT << 2);
	let depth = 0;
	/** True if the byte before these is part of a word. */
	let inWord = 0;
	for (let here = place; here - place < LONGEST_OBJECT; here += 16) {
		const bytes = v128.load(here);
		const lower = between(bytes, 97, 122);
		const word = lower | equal(bytes, 95);
		// Round, square and curly brackets, which are treated alike.
		const opening = equal(bytes, 40) | equal(bytes, 91) | equal(bytes, 123);
		const closing = equal(bytes, 41) | equal(bytes, 93) | equal(bytes, 125);
		const odd = ~between(bytes, 32, 127) | equal(bytes, 34) | equal(bytes, 92);
		const names = lower & ~((word << 1) | inWord);
		inWord = (word >> 15) & 1;
		for (let found = (names | opening | closing | odd) & 0xffff; found != 0; found &= found - 1) {
			const bit = found & -found;
			const end = here + ctz(found);
			if (end - place >= LONGEST_OBJECT || (odd & bit) != 0) {
				return -1;
			}
			if ((names & bit) != 0) {
				keepNumber(end, record);
			} else if ((opening & bit) != 0) {
				depth++;
			} else if (--depth == 0) {
				return end + 1;
			}
		}
	}
	return -1;
}

/** Address after an arrow to the right. */
function arrow(place: i32): i32 {
	if (load<u32>(place) == ESCAPED_ARROW && load<u16>(place + 4) == ESCAPED_ARROW_END) {
		return place + 6;
	}
	return load<u16>(place) == ARROW_BYTES && at(place + 2) == 0x92 ? place + 3 : -1;
}

function capture(code: u32, place: i32, record: i32): i32 {
	switch (code) {
		case NUMBER:
			return number(place, MOST_DIGITS, record);
		case BLOCK:
			return number(place, 2, record);
		case WORD_HERE:
			return keepWord(place, wordEnd(place), record);
		case ID: {
			const end = wordEnd(place);
			store<i32>(record, place, SPAN);
			store<i32>(record, end, SPAN_END);
			return end;
		}
		case LISTED: {
			// A word up to the comma after it.
			const end = wordEnd(place) - 1;
			return end > place && at(end) == COMMA ? keepWord(place, end, record) : -1;
		}
		case QUOTED:
			return quoted(place, record);
		case DECIMAL:
			return decimal(place);
		case KIND_WORDS:
			return kindWords(place);
		case MORE:
			return more(place, record);
		case ROLES:
			return roles(place);
		case OBJECT:
			return load<u32>(place) == USAGE && load<u16>(place + 4) == USAGE_END ? object(place, record) : -1;
		case DICT:
			return at(place) == OPEN_CURLY ? object(place, record) : -1;
		case ARROW:
			return arrow(place);
		default:
			return -1;
	}
}

/** The end of a wording, if it is at this address; else -1. */
function match(wording: i32, place: i32, record: i32): i32 {
	count = 0;
	let end = place;
	for (let part = wording + 1; ; ) {
		const code = at(part);
		if (code == 0) {
			return end;
		}
		if (code == TEXT) {
			const length = <i32>at(part + 1);
			if (!isSame(end, part + 2, length)) {
				return -1;
			}
			part += 2 + length;
			end += length;
		} else {
			part++;
			end = capture(code, end, record);
			if (end < 0) {
				return -1;
			}
		}
	}
	return unreachable();
}

/** The end of an event's text that starts here; -1 if it is of no known wording. */
export function readWords(place: i32, record: i32): i32 {
	const first = at(place);
	if (first >= BEYOND_ASCII) {
		return -1;
	}
	const start = load<u32>(place);
	for (let list = load<i32>(WORDINGS + (first << 2)); list != 0; list += 4) {
		const wording = load<i32>(list);
		if (wording == 0) {
			return -1;
		}
		const end = load<u32>(wording + FIRST_TEXT) == start ? match(wording, place, record) : -1;
		if (end >= 0) {
			store<i32>(record, <i32>at(wording), WORDING);
			return end;
		}
	}
	return -1;
}
