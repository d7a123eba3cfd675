/**
 * Reads the context that follows the words of an event from the bytes of a line: which thread and which run it is of.
 * What these readers take is what decoding the whole line would give; whatever is unusual they leave to that.
 */

import {startsWith} from '../event-start.js';

const [escapeByte, space, doubleQuote, quote, minus, dot, colon, semicolon, equalSign] = [
	27, 32, 34, 39, 45, 46, 58, 59, 61,
];
const [openSquare, backslash, underscore, closeCurly, firstBeyondAscii, digit0] = [91, 92, 95, 125, 128, 48];
const [letterF, letterN, letterT] = [102, 110, 116];

const literals = new Map(['null', 'true', 'false'].map(text => [text.charCodeAt(0), Buffer.from(text)]));
const separator = Buffer.from(', "');

/** What of a context changes from line to line. */
export type FieldName = 'thread' | 'run' | 'request' | 'stamp';

/** Where the value of such a field stands; undefined `text` for none and for what is no text. */
export type Field = {
	readonly name: FieldName;
	readonly start: number;
	readonly end: number;
	readonly text: string | undefined;
};

const keys = (
	[
		['thread_id', 'thread'],
		['agent_run_id', 'run'],
		['request_id', 'request'],
		['timestamp', 'stamp'],
	] as const
).map(([key, name]) => ({bytes: Buffer.from(key), name}));
const eventKey = Buffer.from('event');

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isLetter = (byte: number): boolean => (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);

const isKey = (bytes: Buffer, start: number, end: number, key: Buffer): boolean =>
	end - start === key.length && startsWith(bytes, start, key);

const fieldName = (bytes: Buffer, start: number, end: number): FieldName | undefined =>
	keys.find(({bytes: key}) => isKey(bytes, start, end, key))?.name;

/**
 * The fields in the rest of a JSON line, from the quote that ends its event; undefined where not all of it was
 * understood.
 */
export const readJsonContext = (bytes: Buffer, start: number, end: number): readonly Field[] | undefined => {
	if (bytes[start] !== doubleQuote) {
		return undefined;
	}
	const fields: Field[] = [];
	let at = start + 1;
	while (startsWith(bytes, at, separator)) {
		const key = at + separator.length;
		const keyEnd = textEnd(bytes, key);
		const value = keyEnd + 3;
		if (keyEnd < 0 || bytes[keyEnd + 1] !== colon || bytes[keyEnd + 2] !== space) {
			return undefined;
		}
		const isText = bytes[value] === doubleQuote;
		at = isText ? textEnd(bytes, value + 1) + 1 : scalarEnd(bytes, value);
		if (at <= 0 || isKey(bytes, key, keyEnd, eventKey)) {
			return undefined;
		}
		const name = fieldName(bytes, key, keyEnd);
		if (name) {
			fields.push(
				isText
					? {name, start: value + 1, end: at - 1, text: bytes.toString('latin1', value + 1, at - 1)}
					: {name, start: value, end: at, text: undefined},
			);
		}
	}
	return bytes[at] === closeCurly && at + 1 === end ? fields : undefined;
};

/**
 * The fields among the `key=value` pairs of a console line, with or without colours; undefined where there is anything
 * else up to the end of the line.
 */
export const readConsoleContext = (bytes: Buffer, start: number, end: number): readonly Field[] | undefined => {
	const fields: Field[] = [];
	let at = skipColours(bytes, start);
	while (at >= 0 && at < end) {
		if (bytes[at] !== space) {
			return undefined;
		}
		do {
			at = skipColours(bytes, at + 1);
		} while (bytes[at] === space);
		if (at >= end) {
			break;
		}
		const key = at;
		let byte = bytes[at] as number;
		while (isLetter(byte) || byte === underscore || (at > key && (isDigit(byte) || byte === dot))) {
			byte = bytes[++at] as number;
		}
		const keyEnd = at;
		const equals = at > key ? skipColours(bytes, at) : -1;
		const value = equals >= 0 && bytes[equals] === equalSign ? skipColours(bytes, equals + 1) : -1;
		const valueEnd = value < 0 ? -1 : consoleValueEnd(bytes, value, end);
		if (valueEnd < 0) {
			return undefined;
		}
		const name = fieldName(bytes, key, keyEnd);
		if (name && name !== 'stamp') {
			const text = bytes.toString('latin1', value, valueEnd);
			fields.push({name, start: value, end: valueEnd, text: text === 'None' ? undefined : text});
		}
		at = skipColours(bytes, valueEnd);
	}
	return at === end ? fields : undefined;
};

/** 1 for the bytes that stand for themselves in a text of JSON: a look at a table is quicker than comparing. */
const plainInText = Uint8Array.from({length: 256}, (_, byte) =>
	byte >= space && byte < firstBeyondAscii && byte !== doubleQuote && byte !== backslash ? 1 : 0,
);

/** Where the quote stands that ends a text without escapes, in ASCII; -2 for any other text. */
const textEnd = (bytes: Buffer, start: number): number => {
	let at = start;
	while (plainInText[bytes[at] as number] === 1) {
		at++;
	}
	return bytes[at] === doubleQuote ? at : -2;
};

/** Behind a whole number or a literal of JSON; -1 for what is neither. */
const scalarEnd = (bytes: Buffer, start: number): number => {
	const first = bytes[start] as number;
	if (first === letterN || first === letterT || first === letterF) {
		const literal = literals.get(first) as Buffer;
		return startsWith(bytes, start, literal) ? start + literal.length : -1;
	}
	let at = first === minus ? start + 1 : start;
	const digits = at;
	while (isDigit(bytes[at] as number)) {
		at++;
	}
	return at === digits || (bytes[digits] === digit0 && at > digits + 1) ? -1 : at;
};

/** Behind the escape sequences that set colours; -1 where one is of another form. */
const skipColours = (bytes: Buffer, start: number): number => {
	let at = start;
	while (bytes[at] === escapeByte) {
		if (bytes[++at] !== openSquare) {
			return -1;
		}
		let byte = bytes[++at] as number;
		while (isDigit(byte) || byte === semicolon || byte === colon) {
			byte = bytes[++at] as number;
		}
		if (!isLetter(byte)) {
			return -1;
		}
		at++;
	}
	return at;
};

/** Behind a value, bare or in quotes; -1 where it holds anything else than printable ASCII, or escapes in quotes. */
const consoleValueEnd = (bytes: Buffer, start: number, end: number): number => {
	const first = bytes[start] as number;
	if (first === quote || first === doubleQuote) {
		for (let at = start + 1; ; at++) {
			const byte = bytes[at] as number;
			if (byte === first) {
				return at + 1;
			}
			if (!(byte >= space && byte < firstBeyondAscii) || byte === backslash) {
				return -1;
			}
		}
	}
	let at = start;
	while (plainInValue[bytes[at] as number] === 1) {
		at++;
	}
	return bytes[at] === space || bytes[at] === escapeByte || at === end ? at : -1;
};

/** 1 for the bytes of a bare value. */
const plainInValue = Uint8Array.from({length: 256}, (_, byte) => (byte > space && byte < firstBeyondAscii ? 1 : 0));
