/** Fields of a message that are kept, as text. */
const wanted = new Set(['id', 'timestamp', 'type', 'model', 'tokens']);
/** Maximum characters kept of a message: a name, a time and some numbers. */
const longestKept = 16 * 1024;
/** Maximum characters of a field's name. */
const longestName = 32;

const quote = 0x22;
const colon = 0x3a;
const closingBrace = 0x7d;
const space = 0x20;

/** What a line of the document completes. */
type DocumentPart =
	| {readonly kind: 'field'; readonly name: string; readonly value: string}
	/** The wanted fields of an element of `messages`, as JSON. */
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'too-long'}
	| {readonly kind: 'end'};

/** The state of reading a document. */
export type DocumentState = {
	readonly inMessages: boolean;
	/** Indentation of the current message; -1 between messages. */
	readonly messageIndentation: number;
	/** Indentation of its fields; -1 before the first. */
	readonly fieldIndentation: number;
	/** The lines of its wanted fields so far. */
	readonly kept: string;
	/** True if further indented lines belong to a wanted field. */
	readonly keeps: boolean;
};

/** The state before the first line of a document. */
export const documentBeginning: DocumentState = {
	inMessages: false,
	messageIndentation: -1,
	fieldIndentation: -1,
	kept: '',
	keeps: false,
};

/**
 * Reads a JSON document over several lines (an object with a list of `messages`) line by line, as far as it has been
 * written. Structure follows from indentation of any width, since text in JSON contains no line ends.
 */
export class PrettyDocument {
	#inMessages: boolean;
	#messageIndentation: number;
	#fieldIndentation: number;
	#kept: string;
	#keeps: boolean;

	/** @param state to continue from */
	constructor(state: DocumentState) {
		this.#inMessages = state.inMessages;
		this.#messageIndentation = state.messageIndentation;
		this.#fieldIndentation = state.fieldIndentation;
		this.#kept = state.kept;
		this.#keeps = state.keeps;
	}

	get state(): DocumentState {
		return {
			inMessages: this.#inMessages,
			messageIndentation: this.#messageIndentation,
			fieldIndentation: this.#fieldIndentation,
			kept: this.#kept,
			keeps: this.#keeps,
		};
	}

	/** @param start of a line after the document's opening brace */
	line(bytes: Buffer, start: number, end: number): DocumentPart | undefined {
		if (this.#messageIndentation >= 0) {
			return this.#messageLine(bytes, start, end);
		}
		const text = bytes.toString('utf8', start, end).trim();
		if (!this.#inMessages) {
			this.#inMessages = text === '"messages": [';
			return bytes[start] === closingBrace ? {kind: 'end'} : fieldOf(text);
		}
		if (text === '{') {
			this.#messageIndentation = textFrom(bytes, start, end) - start;
			this.#fieldIndentation = -1;
			this.#kept = '';
			this.#keeps = false;
		} else if (text.startsWith(']')) {
			this.#inMessages = false;
		}
		return undefined;
	}

	#messageLine(bytes: Buffer, start: number, end: number): DocumentPart | undefined {
		const from = textFrom(bytes, start, end);
		const indentation = from - start;
		if (indentation === this.#messageIndentation && bytes[from] === closingBrace) {
			this.#messageIndentation = -1;
			return this.#kept.length > longestKept
				? {kind: 'too-long'}
				: {kind: 'message', text: `{${this.#kept.trimEnd().replace(/,$/, '')}}`};
		}
		if (this.#fieldIndentation < 0) {
			this.#fieldIndentation = indentation;
		}
		// A line indented less than a field is damaged, and treated as a field.
		if (indentation <= this.#fieldIndentation && bytes[from] === quote) {
			this.#keeps = isWanted(bytes, from, end);
		}
		if (this.#keeps && this.#kept.length <= longestKept) {
			this.#kept += `${bytes.toString('utf8', from, Math.min(end, from + longestKept))}\n`;
		}
		return undefined;
	}
}

/** Start of a line's text. */
const textFrom = (bytes: Buffer, start: number, end: number): number => {
	let at = start;
	while (at < end && (bytes[at] as number) <= space) {
		at++;
	}
	return at;
};

/** True if a field of a message is wanted, or so damaged that its name is unknown. */
const isWanted = (bytes: Buffer, from: number, end: number): boolean => {
	const most = Math.min(end, from + longestName);
	let at = from + 1;
	while (at < most && bytes[at] !== quote) {
		at++;
	}
	return at < most && (bytes[at + 1] !== colon || wanted.has(bytes.toString('latin1', from + 1, at)));
};

const fieldOf = (text: string): DocumentPart | undefined => {
	const [, name, value] = /^"(\w+)": "([^"\\]*)",?$/.exec(text) ?? [];
	return name !== undefined && value !== undefined ? {kind: 'field', name, value} : undefined;
};
