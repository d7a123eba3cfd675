import {countLines} from '../../../scanner/count-lines.js';

/** The encoding of a text, as far as splitting it into lines requires. */
export type Encoding = {
	/** Bytes of a unit: text is divided only at multiples of it. */
	readonly unit: 1 | 2;
	readonly newline: Buffer;
	/** Index after the first newline; 0 if there is none. The bytes start with a whole unit. */
	behindFirst(bytes: Buffer): number;
	/** Index after the last newline; 0 if there is none. */
	behindLast(bytes: Buffer): number;
	/** Number of newlines. The bytes start with a whole unit. */
	lines(bytes: Buffer): number;
	/** Converts to UTF-8. */
	toUtf8(bytes: Buffer): Buffer;
};

const newline = 10;

/** UTF-8, and every encoding in which ASCII characters are ASCII bytes. */
export const utf8: Encoding = {
	unit: 1,
	newline: Buffer.of(newline),
	behindFirst: bytes => bytes.indexOf(newline) + 1,
	behindLast: bytes => bytes.lastIndexOf(newline) + 1,
	lines: countLines,
	toUtf8: bytes => bytes,
};

/** @param low index of the lower byte of a character */
const utf16 = (low: 0 | 1): Encoding => {
	const isNewline = (bytes: Buffer, at: number) => at % 2 === low && bytes[at ^ 1] === 0;
	return {
		unit: 2,
		newline: low === 0 ? Buffer.of(newline, 0) : Buffer.of(0, newline),
		behindFirst: bytes => {
			let at = bytes.indexOf(newline);
			while (at >= 0 && !isNewline(bytes, at)) {
				at = bytes.indexOf(newline, at + 1);
			}

			return at < 0 ? 0 : (at | 1) + 1;
		},
		behindLast: bytes => {
			let at = bytes.lastIndexOf(newline);
			while (at >= 0 && !isNewline(bytes, at)) {
				at = at === 0 ? -1 : bytes.lastIndexOf(newline, at - 1);
			}

			return at < 0 ? 0 : (at | 1) + 1;
		},
		lines: bytes => {
			let count = 0;
			for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
				count += isNewline(bytes, at) ? 1 : 0;
			}

			return count;
		},
		toUtf8: bytes => {
			const whole = bytes.subarray(0, bytes.length & ~1);
			const littleEndian = low === 0 ? whole : Buffer.from(whole).swap16();
			return Buffer.from(littleEndian.toString('utf16le'));
		},
	};
};

const utf16le = utf16(0);
const utf16be = utf16(1);

/** The encoding indicated by a byte order mark; UTF-8 without one. */
export const encodingOf = (beginning: Buffer): Encoding => {
	const [first, second] = beginning;
	if (first === 0xff && second === 0xfe) {
		return utf16le;
	}

	return first === 0xfe && second === 0xff ? utf16be : utf8;
};

const mark = Buffer.of(0xef, 0xbb, 0xbf);

/** The first bytes of a UTF-8 text without its byte order mark. */
export const withoutMark = (bytes: Buffer): Buffer =>
	bytes.subarray(0, mark.length).equals(mark) ? bytes.subarray(mark.length) : bytes;

/** Determines the encoding of a text that arrives in pieces, and divides it between units. */
export class TextPieces {
	#encoding: Encoding | undefined;
	#rest: Buffer = Buffer.alloc(0);

	/** UTF-8 until the beginning is known. */
	get encoding(): Encoding {
		return this.#encoding ?? utf8;
	}

	/** The following bytes, as far as they are whole units. */
	next(bytes: Buffer): Buffer {
		const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
		if (all.length > 1) {
			this.#encoding ??= encodingOf(all);
		}

		const length = this.#encoding === undefined ? 0 : all.length - (all.length % this.#encoding.unit);
		// The producer may reuse its buffer.
		this.#rest = Buffer.from(all.subarray(length));
		return all.subarray(0, length);
	}

	/** The remaining bytes at the end. */
	end(): Buffer {
		return this.encoding.unit === 1 ? this.#rest : Buffer.alloc(0);
	}
}
