import {type JsonObject, objectOf} from './json-values.js';

/** What the readers of transcripts (one JSON object a line) have in common. */

/** Longest line, in bytes, that is looked into: what the sources hand over at most. */
export const longestLine = 16 * 1024 * 1024;

/** No total has as many tokens: a larger number is no count (a long session has thousands of millions). */
export const mostTokens = 1e12;

/** A number of tokens; 0 for what is none. */
export const asCount = (value: unknown): number =>
	typeof value === 'number' && value > 0 && value <= mostTokens ? Math.floor(value) : 0;

/** Undefined where the text is no JSON object. */
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
 * Whether the first lines look like a transcript. Text that only quotes one inside its lines does not; a first line cut
 * in half or a damaged one does not matter.
 */
export const looksLike = (head: Buffer, kinship: (line: JsonObject) => Kinship): boolean =>
	looksLikeBytes(head, (start, end) => {
		const line = parseObject(head.toString('utf8', start, end));
		return line ? kinship(line) : 'foreign';
	});

/** The same by the bytes of the lines that may be objects, from their beginning to before their end. */
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
		const kin = head[start] === brace ? kinship(start, end) : 'foreign';
		own += kin === 'own' ? 1 : 0;
		foreign += kin === 'foreign' && end > start ? 1 : 0;
		start = end + 1;
	}
	return own > 0 && own >= foreign;
};
