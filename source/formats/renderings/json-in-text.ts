import {parseLenient} from './lenient-value.js';

/**
 * Matches the start of an object with members, or of a list of such objects. Brackets and blanks before the object are
 * bounded: of a long row of brackets each is tried as the start.
 */
const beginning = /\[[\s[]{0,200}\{\s*"|\{\s*"|\[\s*\[\s*"/;

/** Index of the start of JSON in a text; -1 if there is none. */
export const jsonStart = (text: string): number => beginning.exec(text)?.index ?? -1;

const strict = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Index after the value at the start of a text; the text's length if its brackets are not balanced. */
const endOf = (text: string): number => {
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (character === '"') {
			do {
				at += text[at] === '\\' ? 2 : 1;
			} while (at < text.length && text[at] !== '"');
		} else if (character === '{' || character === '[') {
			depth++;
		} else if (character === '}' || character === ']') {
			depth--;
			if (depth === 0) {
				return at + 1;
			}
		}
	}
	return text.length;
};

/** Maximum characters of a value that is not strict JSON. */
const longestLenient = 256 * 1024;

/** An object or a list, and the text after it. */
type ParsedJson = {readonly value: object; readonly rest: string};

/** Parses the object or list at the start of a text, regardless of what follows; also if it contains NaN. */
export const parseJson = (text: string): ParsedJson | undefined => {
	const whole = strict(text);
	const end = whole === undefined ? endOf(text) : text.length;
	const value = whole ?? strict(text.slice(0, end));
	const lenient = value === undefined && text.length <= longestLenient ? parseLenient(text, 0) : undefined;
	return asParsed(value ?? lenient?.value, text.slice(lenient?.end ?? end));
};

/** The text that a JSON text is; undefined for any other, also for a sentence that begins with a quotation. */
export const parseQuoted = (text: string): string | undefined => {
	const value = /^"[{[\s]/.test(text) && text.endsWith('"') ? strict(text) : undefined;
	return typeof value === 'string' ? value : undefined;
};

const asParsed = (value: unknown, rest: string): ParsedJson | undefined =>
	typeof value === 'object' && value !== null ? {value: value, rest} : undefined;

/** Parses the object or list after another one: some writers omit line ends, or put a second object on the line. */
export const parseNext = (rest: string): ParsedJson | undefined => {
	// Nearly every object is followed by nothing, and catching an error for each would be slow.
	const start = /^[\s,]*(?=\{\s*"|\[\s*\{\s*")/.exec(rest)?.[0].length;
	if (start === undefined) {
		return undefined;
	}
	const text = rest.slice(start);
	const end = endOf(text);
	return asParsed(strict(text.slice(0, end)), text.slice(end));
};
