import {type OpenFile, readBytes} from './open-file.js';
import {fingerprint, headLength, type Position, tailLength} from './position.js';

/** Keeps the position of a reading up to date from the very bytes that were read, never from what the file holds by now. */
export class Progress {
	#head: Buffer = Buffer.alloc(0);
	#tail: Buffer = Buffer.alloc(0);
	#offset = 0;
	#lines: number | undefined = 0;
	#position: Position;

	constructor(private readonly file: OpenFile) {
		this.#position = this.#take();
	}

	get position(): Position {
		return this.#position;
	}

	/** The first bytes of what was read, at most 1024. */
	get head(): Buffer {
		return this.#head;
	}

	/**
	 * The next bytes were passed.
	 * @param lines how many lines end in them
	 */
	add(bytes: Buffer, lines: number): void {
		this.note(bytes, lines);
		this.commit();
	}

	/** As `add`, but the position stays where it is until `commit`: bytes of a line that is not complete. */
	note(bytes: Buffer, lines: number): void {
		if (this.#head.length < headLength) {
			this.#head = Buffer.concat([this.#head, bytes.subarray(0, headLength - this.#head.length)]);
		}

		this.#tail = Buffer.concat([this.#tail, bytes.subarray(-tailLength)]).subarray(-tailLength);
		this.#offset += bytes.length;
		this.#lines = this.#lines === undefined ? undefined : this.#lines + lines;
	}

	/** The position is behind all that was noted. */
	commit(): void {
		this.#position = this.#take();
	}

	/**
	 * Goes to an offset over bytes that were not kept, so that they must be read again.
	 * @param lines how many stand before it, where that is known
	 */
	jump(offset: number, lines: number | undefined): void {
		const length = Math.min(offset, tailLength);
		this.#head = readBytes(this.file, 0, Math.min(offset, headLength));
		this.#tail = readBytes(this.file, offset - length, length);
		this.#offset = offset;
		this.#lines = lines;
		this.#position = this.#take();
	}

	/** Goes to where an earlier reading ended; back to the start, and false, where the file holds something else there. */
	goTo({offset, lines, head, tail}: Position): boolean {
		this.jump(offset, lines);
		const isSame = this.#position.head === head && this.#position.tail === tail;
		if (!isSame) {
			this.jump(0, 0);
		}

		return isSame;
	}

	#take(): Position {
		const {device, inode} = this.file;
		return {
			device,
			inode,
			offset: this.#offset,
			lines: this.#lines,
			head: fingerprint(this.#head),
			tail: fingerprint(this.#tail),
		};
	}
}
