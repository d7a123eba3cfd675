import {beginsPrintedArray, closingOf, opensPrintedArray} from '../renderings/printed-array.js';

/** Lines that a value may span, and characters: what is longer is a document, of which the entries are read in turn. */
const mostLines = 200;
const mostCharacters = 64 * 1024;
/** Processes that share a log and print at once. */
const mostStreams = 8;

const closerOf: Readonly<Record<string, string>> = {'{': '}', '[': ']', '(': ')'};
const openers = new Set(Object.keys(closerOf));
const closers = new Set(Object.values(closerOf));

type Bracket = {
	readonly opener: string;
	/** Where it stands in the text. */
	readonly at: number;
	/** Behind its last whole element, if it is a list. */
	boundary: number;
};

/** Moves through one more line of text and keeps the brackets that are open. */
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

/** A value that is being written over several lines. */
type Pending = {
	text: string;
	lines: number;
	open: Bracket[];
	/** PHP wrote it with `print_r`, without quotes: brackets tell nothing, only the line that ends it does. */
	readonly isPrinted: boolean;
};

/** What is known of values that are not yet whole, as plain data. */
export type MultiLineState = readonly (readonly [stream: string, text: string])[];

/**
 * Puts values together that were printed over several lines: pretty JSON, what Node's `console.log` makes of an object,
 * documents. Of one that is too long for that, each part that holds whole entries of its list is given by itself.
 */
export class MultiLine {
	readonly #pending = new Map<string, Pending>();

	constructor(state: MultiLineState = []) {
		for (const [stream, text] of state) {
			this.#begin(stream, text);
		}
	}

	/** Of what is too long to be saved, the beginning is lost to its end. */
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

	/** Nothing more of a value comes when a file begins. */
	clear(): void {
		this.#pending.clear();
	}

	/**
	 * @returns `waiting` where the line belongs to a value that is not yet whole, the text of a value that it completes,
	 * or undefined where it stands for itself
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
		return (opens(line) || beginsPrintedArray(line)) && this.#begin(stream, line) ? 'waiting' : undefined;
	}

	#begin(stream: string, text: string): boolean {
		const open: Bracket[] = [];
		if (text.length > mostCharacters) {
			return false;
		}
		const [first = ''] = text.split('\n', 1);
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
		this.#pending.set(stream, {text, lines: text.split('\n').length, open, isPrinted});
		return true;
	}

	/** @returns undefined where the line does not go on with what was pending, which is then forgotten */
	#appendPrinted(stream: string, pending: Pending, line: string): 'waiting' | {readonly text: string} | undefined {
		const second = pending.lines === 1 ? line : (pending.text.split('\n', 2)[1] as string);
		const isWhole = pending.lines > 1 && line.trimEnd() === closingOf(second.trimEnd());
		pending.text += `\n${line}`;
		pending.lines++;
		const isTooLong = pending.lines > mostLines || pending.text.length > mostCharacters;
		if (!opensPrintedArray(second.trimEnd()) || isTooLong || isWhole) {
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

	/** The whole entries so far of a list in a document, inside of what is around the list; the rest goes on. */
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

/** A line that begins a value ends with an opening bracket, or with a comma inside of one. A list's `[` alone says nothing. */
const opens = (line: string): boolean => {
	const end = line.trimEnd();
	return /[{[(]$/.test(end) ? end.trim() !== '[' : end.endsWith(',') && /[{[(]/.test(end);
};

/** What goes on is indented, closes, or is the next member of a value without indentation. */
const continues = (line: string): boolean => /^(?:\s|[}\])]|"[^"\\]{1,80}":)/.test(line);
