import type {ScannerModule} from './scanner-module.js';

const newline = 10;

/** The module's memory: files are read directly into it, and bytes from elsewhere are copied. */
export class ScannerMemory {
	/** The whole memory. */
	readonly bytes: Buffer;
	/** The part with what is scanned. */
	readonly buffer: Buffer;
	/** Number of zero bytes after what is scanned, because the module reads beyond its end. */
	readonly #margin: number;

	constructor(module: ScannerModule) {
		this.bytes = Buffer.from(module.memory.buffer);
		this.buffer = this.bytes.subarray(module.buffer.value, module.buffer.value + module.capacity.value);
		this.#margin = module.margin.value;
	}

	/**
	 * Makes whole lines from an offset on available to the module. May overwrite what follows the bytes.
	 * @returns how many of the bytes; 0 if not even one line fits
	 */
	hold(bytes: Buffer, from: number): number {
		if (this.holds(bytes)) {
			const end = bytes.byteOffset + bytes.length;
			this.bytes.fill(0, end, end + this.#margin);
			return bytes.length - from;
		}
		const fitting = from + this.buffer.length;
		const end = fitting < bytes.length ? bytes.lastIndexOf(newline, fitting - 1) + 1 : bytes.length;
		return end > from ? this.holdPart(bytes, from, end - from) : 0;
	}

	/** Like `hold`, for any bytes from elsewhere: as many as fit. */
	holdPart(bytes: Buffer, from: number, length: number): number {
		const copied = bytes.copy(this.buffer, 0, from, from + length);
		const end = this.buffer.byteOffset + copied;
		this.bytes.fill(0, end, end + this.#margin);
		return copied;
	}

	/** What to add to an offset of the held bytes to get its address. */
	shift(bytes: Buffer, from: number): number {
		return this.holds(bytes) ? bytes.byteOffset : this.buffer.byteOffset - from;
	}

	/** True if the bytes are in the memory. */
	holds(bytes: Buffer): boolean {
		return bytes.buffer === this.bytes.buffer;
	}
}
