import {parseLenient} from './lenient-value.js';

/** Where an object or a list of objects begins. */
const beginning = /\[[\s[]*\{\s*"|\{\s*["}]|\[\s*\[\s*"/;

/** Where JSON begins in a text; -1 where there is none. */
export const jsonStart = (text: string): number => beginning.exec(text)?.index ?? -1;

const strict = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Behind the value that begins a text; the text's length where its brackets do not close. */
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

/** Characters of a value that is read though it is not strictly JSON. */
const longestLenient = 256 * 1024;

/** An object or a list, and what follows it. */
type ParsedJson = {readonly value: object; readonly rest: string};

/** The object or list that a text begins with, whatever follows it; also where it holds NaN. */
export const parseJson = (text: string): ParsedJson | undefined => {
	const whole = strict(text);
	const end = whole === undefined ? endOf(text) : text.length;
	const value = whole ?? strict(text.slice(0, end));
	const lenient = value === undefined && text.length <= longestLenient ? parseLenient(text, 0) : undefined;
	return asParsed(value ?? lenient?.value, text.slice(lenient?.end ?? end));
};

const asParsed = (value: unknown, rest: string): ParsedJson | undefined =>
	typeof value === 'object' && value !== null ? {value: value, rest} : undefined;

/** The object behind another one: some deliver them without line ends, some put a second one behind the first. */
export const parseNext = (rest: string): ParsedJson | undefined => {
	// Behind nearly every object there is nothing, and an error to catch for each of these would be slow.
	const start = /^[\s,]*(?=\{\s*")/.exec(rest)?.[0].length;
	if (start === undefined) {
		return undefined;
	}
	const text = rest.slice(start);
	const end = endOf(text);
	return asParsed(strict(text.slice(0, end)), text.slice(end));
};
