/**
 * Finds the lines of a log that may contain an event, 64 bytes at a time, and reads those in one of the logger's own
 * renderings. Written in AssemblyScript: `npm run build:scanner` compiles it into `../scanner-wasm.ts`.
 */

import {at, BACKSLASH, bitsOf, NEWLINE, OPEN_CURLY, OPEN_ROUND, OPEN_SQUARE, QUOTE} from './bytes';
import {forgetLines} from './json-context';
import {readLine} from './line';
import {BUFFER, CAPACITY, HAS_NEEDLE, IS_OPEN, MARGIN, MOST_RECORDS, NAMES, RECORD_LENGTH, RECORDS, TEXTS} from './memory';

export {matchLayout} from './layout';
export {readObject} from './members';
export {forgetNames, nameCount} from './names';

export const buffer: i32 = BUFFER;
export const capacity: i32 = CAPACITY;
export const margin: i32 = MARGIN;
export const records: i32 = RECORDS;
export const names: i32 = NAMES;
export const texts: i32 = TEXTS;

/** Where the next scan continues: the end, unless the records are full. */
let next: i32 = 0;

export function scannedTo(): i32 {
	return next;
}

@inline
function either(one: v128, two: v128, three: v128, four: v128): v128 {
	return v128.or(v128.or(one, two), v128.or(three, four));
}

/** A bit for each of 64 positions with three given bytes. */
function triples(place: i32, one: v128, two: v128, three: v128): u64 {
	let found: u64 = 0;
	for (let part = 0; part < 64; part += 16) {
		const here = place + part;
		const both = v128.and(i8x16.eq(v128.load(here), one), i8x16.eq(v128.load(here, 1), two));
		found |= <u64>i8x16.bitmask(v128.and(both, i8x16.eq(v128.load(here, 2), three))) << part;
	}
	return found;
}

/** A bit for each of 64 positions at which an escaped line break follows an opening bracket. */
function opened(place: i32, backslash: v128): u64 {
	let found: u64 = 0;
	let left = triples(place, backslash, i8x16.splat(110), i8x16.splat(<i8>QUOTE));
	for (; left != 0; left &= left - 1) {
		const bit = ctz(left);
		const before = at(place + <i32>bit - 1);
		if (before == OPEN_CURLY || before == OPEN_SQUARE || before == OPEN_ROUND) {
			found |= (<u64>1) << bit;
		}
	}
	return found;
}

/**
 * Scans whole lines; `end` must be followed by zeros.
 * @param needle three bytes that occur in every usage, lowest first; the first is a rare one
 * @returns the number of records filled
 */
export function scan(from: i32, end: i32, needle: u32): i32 {
	const newline = i8x16.splat(<i8>NEWLINE);
	const backslash = i8x16.splat(<i8>BACKSLASH);
	const one = i8x16.splat(<i8>needle);
	const two = i8x16.splat(<i8>(needle >> 8));
	const three = i8x16.splat(<i8>(needle >> 16));
	let start = from;
	let count = 0;
	let record = RECORDS;
	let hints = 0;
	forgetLines();
	for (let place = from; place < end; place += 64) {
		const bytes1 = v128.load(place);
		const bytes2 = v128.load(place, 16);
		const bytes3 = v128.load(place, 32);
		const bytes4 = v128.load(place, 48);
		const ends1 = i8x16.eq(bytes1, newline);
		const ends2 = i8x16.eq(bytes2, newline);
		const ends3 = i8x16.eq(bytes3, newline);
		const ends4 = i8x16.eq(bytes4, newline);
		// Most bytes of most logs are none of these, so the rest is only examined if there are any.
		const firsts = either(
			i8x16.eq(bytes1, one),
			i8x16.eq(bytes2, one),
			i8x16.eq(bytes3, one),
			i8x16.eq(bytes4, one),
		);
		const escapes = either(
			i8x16.eq(bytes1, backslash),
			i8x16.eq(bytes2, backslash),
			i8x16.eq(bytes3, backslash),
			i8x16.eq(bytes4, backslash),
		);
		if (!v128.any_true(v128.or(either(ends1, ends2, ends3, ends4), v128.or(firsts, escapes)))) {
			continue;
		}
		let needles: u64 = v128.any_true(firsts) ? triples(place, one, two, three) : 0;
		let breaks: u64 = v128.any_true(escapes) ? opened(place, backslash) : 0;
		for (let found = bitsOf(ends1, ends2, ends3, ends4); found != 0; found &= found - 1) {
			const bit = ctz(found);
			const before = ((<u64>1) << bit) - 1;
			if ((needles & before) != 0) {
				hints |= HAS_NEEDLE;
			}
			if ((breaks & before) != 0) {
				hints |= IS_OPEN;
			}
			needles &= ~before;
			breaks &= ~before;
			const lineEnd = place + <i32>bit;
			if (readLine(start, lineEnd, hints, record)) {
				record += RECORD_LENGTH;
				count++;
			}
			start = lineEnd + 1;
			hints = 0;
			if (count == MOST_RECORDS) {
				next = start;
				return count;
			}
		}
		if (needles != 0) {
			hints |= HAS_NEEDLE;
		}
		if (breaks != 0) {
			hints |= IS_OPEN;
		}
	}
	// The last line may have no newline.
	if (start < end && readLine(start, end, hints, record)) {
		count++;
	}
	next = end;
	return count;
}

/** Counts newlines; `end` must be followed by zeros. */
export function countLines(from: i32, end: i32): i32 {
	const newline = i8x16.splat(<i8>NEWLINE);
	let count: i32 = 0;
	for (let place = from; place < end; place += 64) {
		const one = i8x16.eq(v128.load(place), newline);
		const two = i8x16.eq(v128.load(place, 16), newline);
		const three = i8x16.eq(v128.load(place, 32), newline);
		const four = i8x16.eq(v128.load(place, 48), newline);
		if (v128.any_true(either(one, two, three, four))) {
			count += <i32>popcnt(bitsOf(one, two, three, four));
		}
	}
	return count;
}
