/** Characters of one message that are kept at most. */
const longestMessage = 64 * 1024 * 1024;

/** What a line of the document completes. */
export type DocumentPart =
	| {readonly kind: 'field'; readonly name: string; readonly value: string}
	/** One element of `messages`, as JSON. */
	| {readonly kind: 'message'; readonly text: string}
	| {readonly kind: 'too-long'}
	| {readonly kind: 'end'};

type Message = {readonly close: string; readonly lines: string[]; length: number};

/**
 * Reads a JSON document that is spread over lines (an object with a list of `messages`) line by line, as far as it has
 * been written. What belongs together is told by the indentation, of any width: text inside JSON holds no line ends.
 */
export class PrettyDocument {
	#inMessages = false;
	#message: Message | undefined;

	/** @param line after the opening brace of the document, without its line end */
	line(line: string): DocumentPart | undefined {
		if (this.#message) {
			return this.#messageLine(this.#message, line);
		}
		const text = line.trim();
		if (!this.#inMessages) {
			this.#inMessages = text === '"messages": [';
			return line.startsWith('}') ? {kind: 'end'} : fieldOf(text);
		}
		if (text === '{') {
			this.#message = {close: `${line.slice(0, line.indexOf('{'))}}`, lines: [text], length: 0};
		} else if (text.startsWith(']')) {
			this.#inMessages = false;
		}
		return undefined;
	}

	#messageLine(message: Message, line: string): DocumentPart | undefined {
		const isLast = line.startsWith(message.close);
		message.length += line.length;
		if (message.length > longestMessage) {
			message.lines.length = 0;
		} else {
			message.lines.push(isLast ? '}' : line);
		}
		if (!isLast) {
			return undefined;
		}
		this.#message = undefined;
		return message.length > longestMessage ? {kind: 'too-long'} : {kind: 'message', text: message.lines.join('\n')};
	}
}

const fieldOf = (text: string): DocumentPart | undefined => {
	const [, name, value] = /^"(\w+)": "([^"\\]*)",?$/.exec(text) ?? [];
	return name !== undefined && value !== undefined ? {kind: 'field', name, value} : undefined;
};
