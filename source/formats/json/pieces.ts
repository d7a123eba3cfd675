import {skipValue} from './json-skip.js';

const brace = 0x7b;

/**
 * Where the whole objects of a line are that is more or less than one object: an interrupted write leaves zero bytes
 * beside a record, or half of one, and the next record follows without a line end.
 */
export const piecesIn = (
	bytes: Buffer,
	start: number,
	end: number,
): {
	readonly pieces: readonly (readonly [number, number])[];
	/** Nothing but white space and zero bytes stands beside them. */
	readonly isAll: boolean;
} => {
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
	const gaps = [0, ...pieces.flat().map(at => at - start), line.length];
	return {
		pieces,
		isAll: gaps.every((from, index) => index % 2 === 1 || isBlank(line, from, gaps[index + 1] as number)),
	};
};

const isBlank = (bytes: Buffer, from: number, behind: number): boolean => {
	for (let at = from; at < behind; at++) {
		if ((bytes[at] as number) > 0x20) {
			return false;
		}
	}
	return true;
};

/** So many beginnings of objects are tried in one line: half a record holds thousands of objects. */
const mostTries = 16;
const beginning = '{"';
