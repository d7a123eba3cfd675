import {skipValue} from './json-skip.js';

const brace = 0x7b;

/**
 * The bounds of whole objects in a line that is not exactly one object: an interrupted write leaves zero bytes or half
 * a record, and the next record follows without a line end.
 */
export const piecesIn = (
	bytes: Buffer,
	start: number,
	end: number,
): {
	readonly pieces: readonly (readonly [number, number])[];
	/** True if there is nothing else but white space and zero bytes. */
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
			// After half a record, a whole one can only start with a key.
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

/** Maximum number of possible starts tried per line: half a record may contain thousands of objects. */
const mostTries = 16;
const beginning = '{"';
