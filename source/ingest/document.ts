const newline = 0x0a;
const space = 0x20;
const closingBrace = 0x7d;
const closingBracket = 0x5d;

/** Maximum size of a document in bytes. */
export const largestDocument = 64 * 1024 * 1024;

/** The result of adding lines: the whole document as one line, not complete yet, or too large. */
export type DocumentPart = Buffer | 'unfinished' | 'too-large';

/**
 * Collects the lines of a JSON document until it is complete. Line ends are white space in JSON, so the document can be
 * a single line.
 */
export class Document {
	#parts: Buffer[] = [];
	#length = 0;

	/** True if nothing is held: everything read was delivered or skipped. */
	get isEmpty(): boolean {
		return this.#length === 0;
	}

	/** @param head true if a document starts with these lines */
	add(lines: Buffer, head: boolean): DocumentPart {
		const whole = this.peek(lines, head);
		if (whole === 'unfinished') {
			this.#parts = head ? [] : this.#parts;
			this.#parts.push(Buffer.from(lines));
			this.#length = (head ? 0 : this.#length) + lines.length;
		} else {
			this.#parts = [];
			this.#length = 0;
		}
		return whole;
	}

	/** The document with these lines appended. */
	peek(lines: Buffer, head: boolean): DocumentPart {
		const before = head ? [] : this.#parts;
		if ((head ? 0 : this.#length) + lines.length > largestDocument) {
			return 'too-large';
		}
		if (!endsLikeDocument(lines)) {
			return 'unfinished';
		}
		const text = Buffer.concat([...before, lines]);
		for (let at = text.indexOf(newline); at >= 0; at = text.indexOf(newline, at + 1)) {
			text[at] = space;
		}
		return isWhole(text) ? text : 'unfinished';
	}
}

const endsLikeDocument = (lines: Buffer): boolean => {
	let at = lines.length - 1;
	while (at >= 0 && (lines[at] as number) <= space) {
		at--;
	}
	return lines[at] === closingBrace || lines[at] === closingBracket;
};

const isWhole = (text: Buffer): boolean => {
	try {
		JSON.parse(text.toString('utf8'));
		return true;
	} catch {
		return false;
	}
};
