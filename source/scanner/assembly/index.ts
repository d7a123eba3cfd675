/**
 * Finds the lines of a log that may hold an event, 64 bytes at a time, and reads those that are written in one of the
 * logger's own renderings. Written in AssemblyScript: `npm run build:scanner` compiles it into `../scanner-wasm.ts`.
 */

import {NEWLINE} from './bytes';
import {readLine} from './line';
import {BUFFER, CAPACITY, MARGIN, MOST_RECORDS, NAMES, RECORD_LENGTH, RECORDS, TEXTS} from './memory';

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

/** Scans whole lines; behind `end` there must be zeros. @returns how many records were filled */
export function scan(from: i32, end: i32): i32 {
	let start = from;
	let count = 0;
	let record = RECORDS;
	for (let place = from; place < end; place += 64) {
		for (let found = newlines(place); found != 0; found &= found - 1) {
			const lineEnd = place + <i32>ctz(found);
			if (readLine(start, lineEnd, record)) {
				record += RECORD_LENGTH;
				count++;
			}
			start = lineEnd + 1;
			if (count == MOST_RECORDS) {
				next = start;
				return count;
			}
		}
	}
	// The last line may have no newline.
	if (start < end && readLine(start, end, record)) {
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
