import {beginsPrintedArray, closingOf, opensPrintedArray} from '../renderings/printed-array.js';

/** Maximum lines and characters of a value; longer ones are documents, whose entries are read one by one. */
const mostLines = 200;
const mostCharacters = 64 * 1024;
/** Maximum number of processes that share a log and print at the same time. */
const mostStreams = 8;

const closerOf: Readonly<Record<string, string>> = {'{': '}', '[': ']', '(': ')'};
const openers = new Set(Object.keys(closerOf));
const closers = new Set(Object.values(closerOf));

type Bracket = {
	readonly opener: string;
	/** Its index in the text. */
	readonly at: number;
	/** For a list, the index after its last complete element. */
	boundary: number;
};

/** Processes another line of text and updates the open brackets. */
const advance = (open: Bracket[], text: string, from: number): void => {
	let quote: string | undefined;
	for (let at = from; at < text.length; at++) {
		const character = text[at] as string;
		if (quote !== undefined) {
			if (character === '\\') {
				at++;
			} else if (character === quote) {
				quote = undefined;
			}
		} else if (character === '"' || ((character === "'" || character === '`') && !/\w/.test(text[at - 1] ?? ' '))) {
			quote = character;
		} else if (openers.has(character)) {
			open.push({opener: character, at, boundary: -1});
		} else if (closers.has(character) && open.length > 0) {
			open.pop();
			const list = open[open.length - 1];
			if (list?.opener === '[') {
				list.boundary = at + 1;
			}
		}
	}
};

/** A value being written over several lines. */
type Pending = {
	text: string;
	lines: number;
	open: Bracket[];
	/** True for PHP's `print_r`, which has no quotes: brackets say nothing, only the last line does. */
	readonly isPrinted: boolean;
	/** The line that completes a value by `print_r`; undefined before its second line, or if that is not a bracket. */
	closing: string | undefined;
};

/** @param second the second line of a value by `print_r` */
const closingAfter = (second: string): string | undefined => {
	const line = second.trimEnd();
	return opensPrintedArray(line) ? closingOf(line) : undefined;
};

/** Incomplete values, as plain data. */
export type MultiLineState = readonly (readonly [stream: string, text: string])[];

/**
 * Joins values printed over several lines: pretty JSON, objects by Node's `console.log`, documents. If one is too long,
 * each part with complete entries of its list is delivered separately.
 */
export class MultiLine {
	readonly #pending = new Map<string, Pending>();

	constructor(state: MultiLineState = []) {
		for (const [stream, text] of state) {
			this.#begin(stream, text);
		}
	}

	/** The beginning of values that are too long to be saved is lost. */
	get state(): MultiLineState {
		let length = 0;
		return [...this.#pending]
			.map(([stream, {text}]) => [stream, text] as const)
			.filter(([stream, text]) => {
				length += stream.length + text.length;
				return length <= mostCharacters;
			});
	}

	get waiting(): boolean {
		return this.#pending.size > 0;
	}

	/** Drops everything, because a file starts. */
	clear(): void {
		this.#pending.clear();
	}

	/**
	 * @returns `waiting` if the line belongs to an incomplete value, the text of a value that it completes, or
	 * undefined if it stands alone
	 */
	add(stream: string, line: string): 'waiting' | {readonly text: string} | undefined {
		const pending = this.#pending.get(stream);
		if (pending?.isPrinted) {
			const added = this.#appendPrinted(stream, pending, line);
			if (added) {
				return added;
			}
		} else if (pending && !continues(line)) {
			this.#pending.delete(stream);
		} else if (pending) {
			return this.#append(stream, pending, line);
		}
		// Inside some wrappers the line before it was not looked at.
		const text = opensPrintedArray(line.trimEnd()) ? `Array\n${line}` : line;
		return (opens(line) || beginsPrintedArray(line)) && this.#begin(stream, text) ? 'waiting' : undefined;
	}

	#begin(stream: string, text: string): boolean {
		const open: Bracket[] = [];
		if (text.length > mostCharacters) {
			return false;
		}
		const [first = '', second = ''] = text.split('\n', 2);
		const isPrinted = beginsPrintedArray(first);
		if (!isPrinted) {
			advance(open, text, 0);
		}
		if (open.length === 0 && !isPrinted) {
			return false;
		}
		if (this.#pending.size >= mostStreams) {
			this.#pending.delete(this.#pending.keys().next().value as string);
		}
		this.#pending.set(stream, {text, lines: text.split('\n').length, open, isPrinted, closing: closingAfter(second)});
		return true;
	}

	/** @returns undefined if the line does not continue the pending value, which is then dropped */
	#appendPrinted(stream: string, pending: Pending, line: string): 'waiting' | {readonly text: string} | undefined {
		const isSecond = pending.lines === 1;
		if (isSecond) {
			pending.closing = closingAfter(line);
		}
		const isWhole = !isSecond && line.trimEnd() === pending.closing;
		pending.text += `\n${line}`;
		pending.lines++;
		const isTooLong = pending.lines > mostLines || pending.text.length > mostCharacters;
		if (pending.closing === undefined || isTooLong || isWhole) {
			this.#pending.delete(stream);
			return isWhole ? {text: pending.text} : undefined;
		}
		return 'waiting';
	}

	#append(stream: string, pending: Pending, line: string): 'waiting' | {readonly text: string} {
		const from = pending.text.length;
		pending.text += `\n${line}`;
		pending.lines++;
		advance(pending.open, pending.text, from + 1);
		if (pending.open.length === 0) {
			this.#pending.delete(stream);
			return {text: pending.text};
		}
		return pending.lines <= mostLines && pending.text.length <= mostCharacters
			? 'waiting'
			: this.#part(stream, pending);
	}

	/** The complete entries so far of a list in a document, with what encloses the list; the rest continues. */
	#part(stream: string, {text, open}: Pending): 'waiting' | {readonly text: string} {
		this.#pending.delete(stream);
		const depth = open.findIndex(({opener, boundary}) => opener === '[' && boundary >= 0);
		const list = open[depth];
		if (!list) {
			return 'waiting';
		}
		const closing = open
			.slice(0, depth + 1)
			.reverse()
			.map(({opener}) => closerOf[opener])
			.join('');
		this.#begin(stream, text.slice(0, list.at + 1) + text.slice(list.boundary).replace(/^\s*,/, '\n'));
		return {text: text.slice(0, list.boundary) + closing};
	}
}

/** Matches the end of a line that starts a value: a bracket, in Symfony's `dump` with the number of its object. */
const opener = /(?:[{[(]|\{#\d{1,9}(?: …\d{1,9})?)$/;

/**
 * A line that starts a value ends with an opening bracket, or with a comma inside one. A list's `[` alone says nothing.
 */
const opens = (line: string): boolean => {
	const end = line.trimEnd();
	return opener.test(end) ? end.trim() !== '[' : end.endsWith(',') && /[{[(]/.test(end);
};

/** A continuation is indented, closes a bracket, or is the next member of a value without indentation. */
const continues = (line: string): boolean => /^(?:\s|[}\])]|"[^"\\]{1,80}":)/.test(line);
