import {type Encoding, utf8} from './encoding.js';
import {leadingZeros} from './leading-zeros.js';
import {lineLimit} from './line-reader.js';

/**
 * Splits a stream of bytes into whole lines with the rules of `LineReader`, at units of its encoding: keeps an
 * incomplete line, drops one that is too long.
 */
export class LineSplitter {
	#parts: Buffer[] = [];
	#length = 0;
	#atStart = true;

	/** `emit` receives whole lines, valid until it returns; `tooLong` is called once for each dropped line. */
	constructor(
		private readonly emit: (bytes: Buffer) => void,
		private readonly tooLong: () => void,
		private readonly encodingNow: () => Encoding = () => utf8,
		private readonly limit: number = lineLimit,
	) {}

	push(bytes: Buffer): void {
		const encoding = this.encodingNow();
		const chunk = this.#atStart && encoding.unit === 1 ? bytes.subarray(leadingZeros(bytes)) : bytes;
		if (chunk.length === 0) {
			return;
		}

		this.#atStart = false;
		const last = encoding.behindLast(chunk);
		if (last === 0) {
			this.#keep(chunk);
			return;
		}

		const first = this.#length > 0 ? encoding.behindFirst(chunk) : 0;
		if (first > 0) {
			this.#keep(chunk.subarray(0, first));
			this.#flush();
		}

		if (last > first) {
			this.emit(chunk.subarray(first, last));
		}

		this.#keep(chunk.subarray(last));
	}

	/** Ends the stream: the incomplete last line is delivered with a newline. */
	end(): void {
		if (this.#length > 0) {
			this.#keep(this.encodingNow().newline);
			this.#flush();
		}
	}

	#keep(bytes: Buffer): void {
		this.#length += bytes.length;
		if (this.#length > this.limit) {
			this.#parts = [];
		} else if (bytes.length > 0) {
			// The producer may reuse its buffer.
			this.#parts.push(Buffer.from(bytes));
		}
	}

	#flush(): void {
		const {length} = this;
		const parts = this.#parts;
		this.#parts = [];
		this.#length = 0;
		if (length > this.limit) {
			this.tooLong();
		} else {
			this.emit(Buffer.concat(parts));
		}
	}

	/** Bytes of the incomplete line so far, kept or not. */
	get length(): number {
		return this.#length;
	}
}
