/** Wordings of events as templates that are compared with the bytes of a line, without decoding it. */

import {NameCache} from '../name-cache.js';
import type {UsageNumbers} from '../usage-text.js';
import {type Literal, literal} from './literal.js';
import {UsageBytes} from './usage-bytes.js';

/** What stood in the place of a template's captures: numbers in their order, and one text of each kind. */
export class Captured {
	readonly numbers: number[] = [0, 0, 0, 0];
	word = '';
	/** How many numbers there are so far; what is behind them is of another line. */
	count = 0;
	/** A word that occurs once, such as the id of a response. */
	id = '';
	/** The block asks for the 1-hour cache. */
	oneHour = false;
	usage: UsageNumbers = {};
	readonly names = new NameCache();
	readonly usageBytes = new UsageBytes();
}

/** Takes what stands at a place; returns where it ends, or -1 where it is not what the template wants. */
type Capture = (bytes: Buffer, at: number, into: Captured, view: DataView) => number;

export type Template = readonly (Literal | Capture)[];

const [space, quote, doubleQuote, comma, dot, closeRound, backslash, openCurly, closeCurly, firstBeyondAscii] = [
	32, 39, 34, 44, 46, 41, 92, 123, 125, 128,
];
const oneHour = literal('1h TTL');
const usageBeginning = literal('Usage(');

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isLower = (byte: number): boolean => byte >= 97 && byte <= 122;
/** What stands for itself in every rendering. */
const isPlain = (byte: number): boolean =>
	byte >= space && byte < firstBeyondAscii && byte !== doubleQuote && byte !== backslash;

const digits =
	(most: number): Capture =>
	(bytes, start, into) => {
		let at = start;
		let number = 0;
		for (let byte = bytes[at] as number; isDigit(byte) && at - start <= most; byte = bytes[++at] as number) {
			number = number * 10 + byte - 48;
		}
		into.numbers[into.count++] = number;
		return at > start && at - start <= most ? at : -1;
	};

const longestWord = 200;

const wordEnd = (bytes: Buffer, start: number): number => {
	let at = start;
	while (bytes[at] !== space && isPlain(bytes[at] as number)) {
		at++;
	}
	return at > start && at - start <= longestWord ? at : -1;
};

/** `, …` up to a closing bracket, or nothing. */
const more: Capture = (bytes, start, into, view) => {
	into.oneHour = false;
	if (bytes[start] !== comma) {
		return start;
	}
	let at = start + 2;
	for (; bytes[at] !== closeRound; at++) {
		if (!isPlain(bytes[at] as number)) {
			return -1;
		}
		into.oneHour ||= oneHour.standsAt(view, at);
	}
	return bytes[start + 1] === space && at > start + 2 && at - start <= 82 ? at : -1;
};

const readUsage: Capture = (bytes, at, into, view) => {
	const usage = into.usageBytes.read(bytes, view, at);
	into.usage = usage ?? {};
	return usage ? into.usageBytes.end : -1;
};

const captures: Readonly<Record<string, Capture>> = {
	number: digits(9),
	block: digits(2),
	word: (bytes, at, into, view) => {
		const end = wordEnd(bytes, at);
		into.word = end < 0 ? '' : into.names.read(bytes, view, at, end);
		return end;
	},
	id: (bytes, at, into) => {
		const end = wordEnd(bytes, at);
		into.id = end < 0 ? '' : bytes.toString('latin1', at, end);
		return end;
	},
	/** A word up to the comma behind it. */
	listed: (bytes, at, into, view) => {
		const end = wordEnd(bytes, at) - 1;
		if (!(end > at) || bytes[end] !== comma) {
			return -1;
		}
		into.word = into.names.read(bytes, view, at, end);
		return end;
	},
	/** What stands between single quotes. */
	quoted: (bytes, start, into, view) => {
		let at = start;
		while (bytes[at] !== quote && isPlain(bytes[at] as number)) {
			at++;
		}
		if (at === start || at - start > longestWord) {
			return -1;
		}
		into.word = into.names.read(bytes, view, start, at);
		return at;
	},
	decimal: (bytes, start) => {
		let at = start;
		while (isDigit(bytes[at] as number) || bytes[at] === dot) {
			at++;
		}
		return at > start ? at : -1;
	},
	/** One to five words of lower-case letters. */
	kind: (bytes, start) => {
		let at = start;
		for (let word = 0; word < 5; word++) {
			const first = at;
			while (isLower(bytes[at] as number)) {
				at++;
			}
			if (at === first) {
				return -1;
			}
			if (bytes[at] !== space || !isLower(bytes[at + 1] as number)) {
				return at;
			}
			at++;
		}
		return -1;
	},
	more,
	roles: (bytes, start) => {
		let at = start;
		while (bytes[at] !== closeCurly && isPlain(bytes[at] as number)) {
			at++;
		}
		return at - start <= 200 ? at : -1;
	},
	/** `Usage(…)` */
	object: (bytes, at, into, view) => (usageBeginning.standsAt(view, at) ? readUsage(bytes, at, into, view) : -1),
	/** `{…}` */
	dict: (bytes, at, into, view) => (bytes[at] === openCurly ? readUsage(bytes, at, into, view) : -1),
};

/** @param text the words, with the names of captures in angle brackets: `Loaded <block> cached blocks` */
export const template = (text: string): Template =>
	text
		.split(/<([a-z]+)>/)
		.map((part, index) => (index % 2 === 0 ? literal(part) : (captures[part] as Capture)))
		.filter(part => typeof part === 'function' || part.length > 0);

/** Where the words of a template end, if they stand here; else -1. */
export const match = (parts: Template, bytes: Buffer, view: DataView, start: number, into: Captured): number => {
	let at = start;
	into.count = 0;
	for (const part of parts) {
		if (typeof part === 'function') {
			at = part(bytes, at, into, view);
			if (at < 0) {
				return -1;
			}
		} else if (part.standsAt(view, at)) {
			at += part.length;
		} else {
			return -1;
		}
	}
	return at;
};
