/**
 * Finds the lines of a log that may hold an event, 64 bytes at a time, and reads those that are written in one of the
 * logger's own renderings. Written in AssemblyScript: `npm run build:scanner` compiles it into `../scanner-wasm.ts`.
 */

import {at, NEWLINE, OPEN_CURLY, OPEN_ROUND, OPEN_SQUARE} from './bytes';
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

/** Where the next scan goes on: the end, unless the records are full. */
let next: i32 = 0;

export function scannedTo(): i32 {
	return next;
}

/** A bit for each newline among 64 bytes. */
@inline
function newlines(place: i32): u64 {
	const newline = i8x16.splat(<i8>NEWLINE);
	const one = i8x16.eq(v128.load(place), newline);
	const two = i8x16.eq(v128.load(place, 16), newline);
	const three = i8x16.eq(v128.load(place, 32), newline);
	const four = i8x16.eq(v128.load(place, 48), newline);
	if (!v128.any_true(v128.or(v128.or(one, two), v128.or(three, four)))) {
		return 0;
	}
	return (
		<u64>i8x16.bitmask(one) |
		(<u64>i8x16.bitmask(two) << 16) |
		(<u64>i8x16.bitmask(three) << 32) |
		(<u64>i8x16.bitmask(four) << 48)
	);
}

/** A bit for each of 64 places at which three bytes stand, compared 16 places at a time. */
@inline
function triples(place: i32, one: v128, two: v128, three: v128): u64 {
	let found: u64 = 0;
	for (let part = 0; part < 64; part += 16) {
		const here = place + part;
		const both = v128.and(i8x16.eq(v128.load(here), one), i8x16.eq(v128.load(here, 1), two));
		if (v128.any_true(both)) {
			found |= <u64>i8x16.bitmask(v128.and(both, i8x16.eq(v128.load(here, 2), three))) << part;
		}
	}
	return found;
}

/** Those of some places at which a line break follows, written as an escape, behind an opening bracket. */
function opened(place: i32, breaks: u64): u64 {
	let found: u64 = 0;
	for (let left = breaks; left != 0; left &= left - 1) {
		const bit = ctz(left);
		const before = at(place + <i32>bit - 1);
		if (before == OPEN_CURLY || before == OPEN_SQUARE || before == OPEN_ROUND) {
			found |= (<u64>1) << bit;
		}
	}
	return found;
}

/**
 * Scans whole lines; behind `end` there must be zeros.
 * @param needle three bytes of which every usage holds some, from the lowest on
 * @returns how many records were filled
 */
export function scan(from: i32, end: i32, needle: u32): i32 {
	const one = i8x16.splat(<i8>needle);
	const two = i8x16.splat(<i8>(needle >> 8));
	const three = i8x16.splat(<i8>(needle >> 16));
	const backslash = i8x16.splat(92);
	const letterN = i8x16.splat(110);
	const quote = i8x16.splat(34);
	let start = from;
	let count = 0;
	let record = RECORDS;
	let hints = 0;
	for (let place = from; place < end; place += 64) {
		let needles = triples(place, one, two, three);
		let breaks = triples(place, backslash, letterN, quote);
		if (breaks != 0) {
			breaks = opened(place, breaks);
		}
		for (let found = newlines(place); found != 0; found &= found - 1) {
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

/** Newlines; behind `end` there must be zeros. */
export function countLines(from: i32, end: i32): i32 {
	let count: i32 = 0;
	for (let place = from; place < end; place += 64) {
		count += <i32>popcnt(newlines(place));
	}
	return count;
}
