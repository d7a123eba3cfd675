import {type JsonObject, objectOf} from '../json/json-values.js';
import {piecesIn} from '../json/pieces.js';

const newline = 0x0a;
const space = 0x20;
const openingBrace = 0x7b;
const openingBracket = 0x5b;

/** Callbacks for the records of some lines. */
type OnRecord = {
	/**
	 * Receives an object; a list is passed as `{list: […]}`.
	 * @param index of its line, from 0
	 */
	readonly record: (record: JsonObject, index: number) => void;
	/** Called for what begins like a record of interest but is incomplete. */
	readonly broken: () => void;
};

/**
 * Walks through complete lines and passes on the records that contain one of the words. If an interrupted write left
 * zero bytes next to a record, or two records on a line, the complete ones are found.
 */
export const eachRecord = (bytes: Buffer, words: readonly Buffer[], on: OnRecord): void => {
	for (let start = 0, index = 0; start < bytes.length; index++) {
		const found = bytes.indexOf(newline, start);
		const end = found < 0 ? bytes.length : found;
		const line = bytes.subarray(start, end);
		if (words.some(word => line.includes(word)) && beginsLikeRecord(line)) {
			readLine(line, index, on);
		}
		start = end + 1;
	}
};

const beginsLikeRecord = (line: Buffer): boolean => {
	let from = 0;
	while (from < line.length && (line[from] as number) <= space) {
		from++;
	}
	return line[from] === openingBrace || line[from] === openingBracket;
};

const readLine = (line: Buffer, index: number, {record, broken}: OnRecord): void => {
	try {
		const value: unknown = JSON.parse(line.toString('utf8'));
		const object = Array.isArray(value) ? {list: value} : objectOf(value);
		if (object) {
			record(object, index);
		}
	} catch {
		const {pieces, isAll} = piecesIn(line, 0, line.length);
		for (const [start, end] of pieces) {
			record(JSON.parse(line.toString('utf8', start, end)) as JsonObject, index);
		}
		if (!isAll) {
			broken();
		}
	}
};
