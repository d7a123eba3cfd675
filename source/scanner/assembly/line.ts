/** One line: whether it may contain an event and, in the logger's own three renderings, its content. */

import {
	at,
	BACKSLASH,
	BEYOND_ASCII,
	CLOSE_SQUARE,
	COLON,
	ESCAPE,
	isDigit,
	isSame,
	isUpper,
	OPEN_CURLY,
	OPEN_SQUARE,
	SPACE,
	TAB,
} from './bytes';
import {readConsole} from './console-context';
import {behindEmoji} from './emoji';
import {readJson} from './json-context';
import {
	BEGINNINGS,
	DECODE,
	END,
	HAS_NEEDLE,
	HINTED,
	HINTS,
	IS_OPEN,
	KIND,
	MICROSECONDS,
	READ,
	START,
	TIME,
	WRAPPED,
} from './memory';
import {endsOpen} from './open-end';
import {microseconds, readStamp, time} from './stamp';
import {mayHaveUsage} from './usage';
import {readWords} from './wording';

/** `{"event": "` in two overlapping pieces. */
const EVENT_KEY: u64 = 0x22746e657665227b;
const EVENT_KEY_END: u32 = 0x22203a22;
const EVENT_KEY_LENGTH: i32 = 11;

/** `ESC[2m`, which dims the time. */
const DIM_TEXT: u32 = 0x6d325b1b;
/** Lengths of `ESC[2m`, ` [LEVEL....] ` and `ESC[0m [ESC[32mESC[1mLEVEL....ESC[0m] ESC[1m`. */
const DIM: i32 = 4;
const PLAIN_HEADER: i32 = 13;
const COLOUR_HEADER: i32 = 34;
const LEVEL_LENGTH: i32 = 9;

/** Start of the event, at a fixed offset; -1 for a line in another rendering. */
@inline
function eventStart(start: i32): i32 {
	const first = at(start);
	if (first == OPEN_CURLY) {
		return load<u64>(start) == EVENT_KEY && load<u32>(start + 7) == EVENT_KEY_END ? start + EVENT_KEY_LENGTH : -1;
	}
	const coloured = first == ESCAPE;
	if (coloured && load<u32>(start) != DIM_TEXT) {
		return -1;
	}
	const stamp = coloured ? start + DIM : start;
	// All years of logs start with a 2; the time ends with a Z, with or without a fraction.
	if (at(stamp) != 50) {
		return -1;
	}
	const stamped = at(stamp + 26) == 90 ? stamp + 27 : at(stamp + 19) == 90 ? stamp + 20 : -1;
	if (stamped < 0) {
		return -1;
	}
	if (coloured) {
		const event = stamped + COLOUR_HEADER;
		return at(event - 6) == CLOSE_SQUARE && at(event - 4) == ESCAPE && at(event - 1) == 109 ? event : -1;
	}
	const event = stamped + PLAIN_HEADER;
	return at(event - 12) == OPEN_SQUARE && at(event - 2) == CLOSE_SQUARE ? event : -1;
}

/**
 * True if a line in another rendering may contain one of the logger's own: it does not start with a level and a colon,
 * a time in brackets or an indentation, as lines of the backend's other writers do.
 */
function mayBeWrapped(start: i32, end: i32): bool {
	let here = start;
	while (here < end && at(here) == 0) {
		here++;
	}
	const first = at(here);
	if (first == OPEN_SQUARE) {
		return !isDigit(at(here + 1));
	}
	if (first == SPACE || first == TAB) {
		return false;
	}
	while (here < end && isUpper(at(here))) {
		here++;
	}
	return here == start || at(here) != COLON;
}

/** Address after what may be the emoji of an event, as bytes or JSON escapes. */
@inline
function skipEmoji(event: i32): i32 {
	let here = event;
	for (;;) {
		const byte = at(here);
		if (byte >= BEYOND_ASCII) {
			here++;
		} else if (byte == BACKSLASH && at(here + 1) == 117) {
			here += 6;
		} else if (byte == SPACE && here > event) {
			here++;
		} else {
			return here;
		}
	}
	return unreachable();
}

/** How a text starts: like an event, like one whose usage another event reports, or like neither. */
const NOMINATED: i32 = 1;
const REPEAT: i32 = 2;
const OTHER: i32 = 0;

/** Added to the length of the beginning of a repeat. */
const REPEAT_BIT: u32 = 0x80;

/**
 * How the text starts. The list of beginnings, which are of four bytes or more: each with its length and text, ended by
 * 0.
 */
function beginningOf(words: i32): i32 {
	const first = at(words);
	if (first >= BEYOND_ASCII) {
		return OTHER;
	}
	let text = load<i32>(BEGINNINGS + (first << 2));
	if (text == 0) {
		return OTHER;
	}
	const start = load<u32>(words);
	for (let told = at(text); told != 0; told = at(text)) {
		const length = <i32>(told & ~REPEAT_BIT);
		if (load<u32>(text + 1) == start && isSame(words, text + 1, length)) {
			return (told & REPEAT_BIT) == 0 ? NOMINATED : REPEAT;
		}
		text += 1 + length;
	}
	return OTHER;
}

/** True for `info`, `debug`, `warning`, `error` and `critical`, padded with spaces. */
function isLevel(place: i32): bool {
	const start = load<u64>(place);
	return (
		at(place + LEVEL_LENGTH - 1) == SPACE &&
		(start == 0x202020206f666e69 ||
			start == 0x2020206775626564 ||
			start == 0x20676e696e726177 ||
			start == 0x202020726f727265 ||
			start == 0x6c61636974697263)
	);
}

/** True if there is exactly the logger's header between time and event. */
function isHeader(place: i32, coloured: bool): bool {
	if (!coloured) {
		return load<u16>(place) == 0x5b20 && isLevel(place + 2) && load<u16>(place + 11) == 0x205d;
	}
	// `ESC[0m [ESC[3`, a colour of 1 to 3, `mESC[1m`, the level, `ESC[0m] ESC[1m`
	return (
		load<u64>(place) == 0x5b1b5b206d305b1b &&
		at(place + 8) == 51 &&
		at(place + 9) - 49 <= 2 &&
		load<u32>(place + 10) == 0x315b1b6d &&
		at(place + 14) == 109 &&
		isLevel(place + 15) &&
		load<u64>(place + 24) == 0x5b1b205d6d305b1b &&
		load<u16>(place + 32) == 0x6d31
	);
}

function isRead(start: i32, end: i32, event: i32, words: i32, record: i32): bool {
	const first = at(start);
	if (event != words && behindEmoji(event, first == OPEN_CURLY) != words) {
		return false;
	}
	const after = readWords(words, record);
	if (after < 0 || after > end) {
		return false;
	}
	if (first == OPEN_CURLY) {
		if (!readJson(after, end, record)) {
			return false;
		}
	} else {
		const coloured = first == ESCAPE;
		const stamp = coloured ? start + DIM : start;
		const length = readStamp(stamp);
		if (length == 0 || !isHeader(stamp + length, coloured) || !readConsole(after, end, record)) {
			return false;
		}
	}
	store<f64>(record, time, TIME);
	store<i32>(record, microseconds, MICROSECONDS);
	return true;
}

/**
 * Fills a record for a line that may be relevant; false for any other.
 * @param hints what its bytes contain, found on the way to its end
 */
export function readLine(start: i32, end: i32, hints: i32, record: i32): bool {
	let all = endsOpen(start, end) ? hints | IS_OPEN : hints;
	let kind = HINTED;
	const event = eventStart(start);
	if (event < 0 || event >= end) {
		if (mayBeWrapped(start, end)) {
			kind = WRAPPED;
		}
	} else {
		const words = skipEmoji(event);
		const beginning = beginningOf(words);
		if (beginning == NOMINATED) {
			kind = isRead(start, end, event, words, record) ? READ : DECODE;
		} else if (beginning == REPEAT || ((all & HAS_NEEDLE) != 0 && !mayHaveUsage(start, end))) {
			all &= ~HAS_NEEDLE;
		}
	}
	if (kind == HINTED && all == 0) {
		return false;
	}
	store<i32>(record, kind, KIND);
	store<i32>(record, all, HINTS);
	store<i32>(record, start, START);
	store<i32>(record, end, END);
	return true;
}
