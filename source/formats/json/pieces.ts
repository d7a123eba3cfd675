import {skipValue} from './json-skip.js';

const brace = 0x7b;

/**
 * Where the whole objects of a line are that is more or less than one object: an interrupted write leaves zero bytes
 * beside a record, or half of one, and the next record follows without a line end. Pairs of start and end.
 */
export const piecesIn = (bytes: Buffer, start: number, end: number): readonly (readonly [number, number])[] => {
	const line = bytes.subarray(start, end);
	const pieces: (readonly [number, number])[] = [];
	for (let at = line.indexOf(brace), tries = 0; at >= 0 && tries < mostTries; tries++) {
		const behind = skipValue(line, at, 0);
		if (behind > 0 && behind <= line.length) {
			pieces.push([start + at, start + behind]);
			at = line.indexOf(brace, behind);
		} else {
			// Half a record: a whole one can only begin with a key.
			at = line.indexOf(beginning, at + 1);
		}
	}
	return pieces;
};

/** So many beginnings of objects are tried in one line: half a record holds thousands of objects. */
const mostTries = 16;
const beginning = '{"';
