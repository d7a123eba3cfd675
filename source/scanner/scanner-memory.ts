import type {ScannerModule} from './scanner-module.js';

const newline = 10;

/** The module's memory: files are read right into it, and bytes that lie elsewhere are copied to it. */
export class ScannerMemory {
	/** All of it. */
	readonly bytes: Buffer;
	/** The part that holds what is scanned. */
	readonly buffer: Buffer;
	/** Zero bytes behind what is scanned: the module looks further than its end. */
	readonly #margin: number;

	constructor(module: ScannerModule) {
		this.bytes = Buffer.from(module.memory.buffer);
		this.buffer = this.bytes.subarray(module.buffer.value, module.buffer.value + module.capacity.value);
		this.#margin = module.margin.value;
	}

	/**
	 * Sees to it that the module can look at whole lines from an offset on. What stands behind the bytes may be overwritten.
	 * @returns how many bytes of them; 0 where not even one fits
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

	/** The same of any bytes that lie elsewhere: as many as fit. */
	holdPart(bytes: Buffer, from: number, length: number): number {
		const copied = bytes.copy(this.buffer, 0, from, from + length);
		const end = this.buffer.byteOffset + copied;
		this.bytes.fill(0, end, end + this.#margin);
		return copied;
	}

	/** What to add to an offset of the bytes that are held from an offset on, to have its place in the memory. */
	shift(bytes: Buffer, from: number): number {
		return this.holds(bytes) ? bytes.byteOffset : this.buffer.byteOffset - from;
	}

	/** Whether they lie in it. */
	holds(bytes: Buffer): boolean {
		return bytes.buffer === this.bytes.buffer;
	}
}
