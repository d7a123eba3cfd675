import type {Format} from '../formats/format.js';
import {Document, type DocumentPart} from './document.js';
import {OpenBeginning} from './open-beginning.js';

/**
 * The lines of a log that are held until later ones complete them: those of a document, and the first lines while no
 * format is known. All others are passed on at once.
 */
export class HeldLines {
	readonly #onTooLarge: () => void;
	#document: Document | undefined;
	readonly #beginning = new OpenBeginning();

	/** @param onTooLarge called for each document that is skipped */
	constructor(onTooLarge: () => void) {
		this.#onTooLarge = onTooLarge;
	}

	/** True if the log is a single JSON document. */
	get isDocument(): boolean {
		return this.#document !== undefined;
	}

	/** True if a document is held that is not complete yet. */
	get isIncomplete(): boolean {
		return this.#document?.isEmpty === false;
	}

	/** The first lines of a log without a format so far; undefined if they cannot be the start of a document. */
	get beginning(): Buffer | undefined {
		return this.#beginning.bytes;
	}

	/** @returns what can be read: the lines, or the whole document if they complete it */
	add(bytes: Buffer, head: boolean, format: Format | undefined): Buffer | undefined {
		if (format) {
			this.#beginning.clear();
		} else {
			this.#beginning.add(bytes, head);
		}
		if (head) {
			this.#document = format?.isDocument?.(bytes) ? new Document() : undefined;
		}
		return this.#document ? this.#checked(this.#document.add(bytes, head)) : bytes;
	}

	/** Like `add`, for an unfinished last line, which is not held. */
	peek(bytes: Buffer, head: boolean, format: Format): Buffer | undefined {
		const isDocument = head ? format.isDocument?.(bytes) : this.isDocument;
		return isDocument ? this.#checked((this.#document ?? new Document()).peek(bytes, head)) : bytes;
	}

	#checked(part: DocumentPart): Buffer | undefined {
		if (part === 'too-large') {
			this.#onTooLarge();
		}
		return typeof part === 'string' ? undefined : part;
	}
}
