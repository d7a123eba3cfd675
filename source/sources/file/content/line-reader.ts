import {readSync} from 'node:fs';
import {scanner} from '../../../scanner/scanner.js';
import {type OpenFile, readBytes} from '../open-file.js';
import {type Encoding, utf8} from './encoding.js';
import {leadingZeros} from './leading-zeros.js';

/** Bytes read at a time. */
const chunkLength = 1 << 20;

/** Lines with more bytes than this are skipped. */
export const lineLimit = 16 << 20;

let buffer: Buffer | undefined;

/**
 * Shared by all files: what a reader returns is delivered before the next one reads. The scanner's buffer avoids
 * copying.
 */
const shared = (): Buffer => {
	buffer ??= scanner()?.buffer ?? Buffer.allocUnsafe(chunkLength);
	return buffer;
};

/**
 * Bytes of a file from an offset, as many as are read at a time; fewer at its end. Valid until any reader's next read.
 */
export const readChunk = ({descriptor}: OpenFile, offset: number, length: number): Buffer =>
	shared().subarray(0, readSync(descriptor, shared(), 0, Math.min(chunkLength, length), offset));

/** The result of a read. Nothing is consumed until it is passed to `pass`. */
export type Step = {
	/** Whole lines, each ended by a newline; valid until any reader's next read. */
	readonly bytes: Buffer;
	/**
	 * Bytes to consume: more than `bytes` if a line or a run of zero bytes is skipped, 0 if only more was looked at.
	 */
	readonly length: number;
	/** True if the bytes to consume are a line beyond the limit. */
	readonly tooLong: boolean;
};

const nothing = Buffer.alloc(0);
const lookedOn: Step = {bytes: nothing, length: 0, tooLong: false};

/**
 * Reads a file by whole lines, in chunks, never twice. An incomplete last line waits; one beyond the limit is skipped
 * without being kept. Zero bytes at the start of a line are skipped: a writer without O_APPEND leaves a run of them
 * when its file is truncated.
 */
export class LineReader {
	/** Up to here there is only the beginning of a line (or of a run of zero bytes). */
	#looked: number;
	#inZeros = false;

	constructor(
		private readonly file: OpenFile,
		private position = 0,
		private readonly encoding: Encoding = utf8,
		private readonly limit: number = lineLimit,
	) {
		this.#looked = position;
	}

	/** Bytes consumed. */
	get offset(): number {
		return this.position;
	}

	/** Bytes looked at: consumed, or part of an incomplete line. */
	get looked(): number {
		return this.#looked;
	}

	/**
	 * The next step below a size of the file, or undefined if nothing more is complete.
	 * @param ready what `readChunk` has just read from the start of the file, for a reader that starts there
	 */
	next(size: number, ready?: Buffer): Step | undefined {
		const end = size - (size % this.encoding.unit);
		// A short beginning is read again with what follows it; for a long one, only its end is searched for.
		const from = this.#looked - this.position > chunkLength / 2 ? this.#looked : this.position;
		if (this.#looked >= end) {
			return undefined;
		}

		const chunk = ready?.subarray(0, end) ?? readChunk(this.file, from, end - from);
		const count = chunk.length;
		if (count === 0) {
			return undefined;
		}

		if (from === this.position) {
			// Characters of two bytes contain zeros.
			this.#inZeros = this.encoding.unit === 1 && chunk[0] === 0;
		}

		if (this.#inZeros) {
			const zeros = leadingZeros(chunk);
			return zeros < count ? {...lookedOn, length: from + zeros - this.position} : this.#lookOn(from + count);
		}

		if (from === this.position) {
			const last = this.encoding.behindLast(chunk);
			return last === 0 ? this.#lookOn(from + count) : {bytes: chunk.subarray(0, last), length: last, tooLong: false};
		}

		const first = this.encoding.behindFirst(chunk);
		return first === 0 ? this.#lookOn(from + count) : this.#line(from + first - this.position);
	}

	/** The incomplete last line up to a size of the file, with a newline added; undefined if there is none. */
	rest(size: number): Step | undefined {
		const length = size - (size % this.encoding.unit) - this.position;
		if (length <= 0 || this.#inZeros) {
			return undefined;
		}

		if (length > this.limit) {
			return {bytes: nothing, length, tooLong: true};
		}

		const bytes = readBytes(this.file, this.position, length);
		return {bytes: Buffer.concat([bytes, this.encoding.newline]), length, tooLong: false};
	}

	/** Consumes a step. */
	pass(step: Step): void {
		this.position += step.length;
		this.#looked = Math.max(this.#looked, this.position);
	}

	#lookOn(to: number): Step {
		this.#looked = to;
		return lookedOn;
	}

	#line(length: number): Step {
		return length > this.limit
			? {bytes: nothing, length, tooLong: true}
			: {bytes: readBytes(this.file, this.position, length), length, tooLong: false};
	}
}
