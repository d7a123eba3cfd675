import {type JsonObject, objectOf} from './json-values.js';
import {piecesIn} from './pieces.js';

/** Shared by readers of transcripts, which have one JSON object per line. */

/** Maximum bytes of a line that is parsed, which is also the limit of sources. */
export const longestLine = 16 * 1024 * 1024;

/** Larger numbers are not token counts (a long session has thousands of millions). */
export const mostTokens = 1e12;

/** A number of tokens; 0 if the value is not one. */
export const asCount = (value: unknown): number =>
	typeof value === 'number' && value > 0 && value <= mostTokens ? Math.floor(value) : 0;

/** Undefined if the text is not a JSON object. */
export const parseObject = (text: string): JsonObject | undefined => {
	try {
		return objectOf(JSON.parse(text));
	} catch {
		return undefined;
	}
};

/** Whether a JSON object is a line of the format, may be one, or belongs to something else. */
export type Kinship = 'own' | 'neutral' | 'foreign';

const linesLookedAt = 50;
const enough = 2;
const newline = 0x0a;
const brace = 0x7b;

/**
 * True if the first lines look like a transcript. Text that quotes one inside its lines does not; an incomplete or
 * damaged line does not matter.
 */
export const looksLike = (head: Buffer, kinship: (line: JsonObject) => Kinship): boolean =>
	looksLikeBytes(head, (start, end) => {
		const line = parseObject(head.toString('utf8', start, end));
		return line ? kinship(line) : 'foreign';
	});

/** Like `looksLike`, for the bytes of lines that may be objects. */
export const looksLikeBytes = (head: Buffer, kinship: (start: number, end: number) => Kinship): boolean => {
	let own = 0;
	let foreign = 0;
	let start = 0;
	for (
		let left = linesLookedAt;
		left > 0 && start < head.length && own - foreign < enough && foreign - own <= left;
		left--
	) {
		const found = head.indexOf(newline, start);
		const end = found < 0 ? head.length : found;
		const kin = head[start] === brace ? kinshipOfLine(head, start, end, kinship) : 'foreign';
		own += kin === 'own' ? 1 : 0;
		foreign += kin === 'foreign' && end > start ? 1 : 0;
		start = end + 1;
	}
	return own > 0 && own >= foreign;
};

/** Maximum number of objects on a line that are looked at. */
const mostPieces = 8;

/** The kinship of a line, or that of the first objects on it if there is no line end between them. */
const kinshipOfLine = (
	head: Buffer,
	start: number,
	end: number,
	kinship: (start: number, end: number) => Kinship,
): Kinship => {
	const kin = kinship(start, end);
	const line = head.subarray(start, end);
	if (kin !== 'foreign' || !line.includes('}{')) {
		return kin;
	}
	const kins = piecesIn(head, start, end)
		.pieces.slice(0, mostPieces)
		.map(([from, behind]) => kinship(from, behind));
	return kins.includes('foreign') ? 'foreign' : kins.includes('own') ? 'own' : 'neutral';
};
