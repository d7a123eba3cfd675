import {leadingZeros} from './leading-zeros.js';
import {lineLimit} from './line-reader.js';

const newline = 10;

/** Cuts a stream of bytes into whole lines by the rules of `LineReader`: keeps the unfinished, drops the oversized. */
export class LineSplitter {
	#parts: Buffer[] = [];
	#length = 0;
	#atStart = true;

	/** `emit` receives whole lines, valid until it returns; `tooLong` is called once for each line left out. */
	constructor(
		private readonly emit: (bytes: Buffer) => void,
		private readonly tooLong: () => void,
		private readonly limit: number = lineLimit,
	) {}

	push(bytes: Buffer): void {
		const chunk = this.#atStart ? bytes.subarray(leadingZeros(bytes)) : bytes;
		if (chunk.length === 0) {
			return;
		}

		this.#atStart = false;
		const last = chunk.lastIndexOf(newline);
		if (last < 0) {
			this.#keep(chunk);
			return;
		}

		const first = this.#length > 0 ? chunk.indexOf(newline) + 1 : 0;
		if (first > 0) {
			this.#keep(chunk.subarray(0, first));
			this.#flush();
		}

		if (last + 1 > first) {
			this.emit(chunk.subarray(first, last + 1));
		}

		this.#keep(chunk.subarray(last + 1));
	}

	/** Ends the stream: the unfinished last line is handed over with the newline it lacks. */
	end(): void {
		if (this.#length > 0) {
			this.#keep(Buffer.of(newline));
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

	/** Bytes of the unfinished line so far, kept or not. */
	get length(): number {
		return this.#length;
	}
}
