import {type OpenFile, readBytes, sizeOf} from './open-file.js';
import {fingerprint, headLength, type Position, tailLength} from './position.js';

/** What was read up to a position: its first and last bytes. */
type Passed = {
	readonly offset: number;
	readonly lines: number | undefined;
	readonly head: Buffer;
	readonly tail: Buffer;
};

const nothing = Buffer.alloc(0);

/**
 * Keeps the position of a reading up to date from the bytes that were read, rather than from the file's current
 * content.
 */
export class Progress {
	#head: Buffer = nothing;
	#tail: Buffer = nothing;
	#offset = 0;
	#lines: number | undefined = 0;
	/** The state when the position was last requested. */
	#taken: Passed = {offset: 0, lines: 0, head: nothing, tail: nothing};
	/** That position; undefined if nobody has requested it. */
	#position: Position | undefined;

	constructor(private readonly file: OpenFile) {}

	get position(): Position {
		if (this.#position === undefined) {
			const {device, inode} = this.file;
			const {offset, lines, head, tail} = this.#taken;
			this.#position = {device, inode, offset, lines, head: fingerprint(head), tail: fingerprint(tail)};
		}

		return this.#position;
	}

	/** Bytes before the position. */
	get offset(): number {
		return this.#taken.offset;
	}

	/** Lines before the position; undefined if they were not counted from the start. */
	get lines(): number | undefined {
		return this.#taken.lines;
	}

	/** True if the file still contains what was read. */
	isThere(): boolean {
		const {offset, head, tail} = this.#taken;
		if (offset === 0) {
			return true;
		}

		// Less may be known than the file contains, if it was truncated just then, so the lengths must match.
		const length = Math.min(offset, tailLength);
		return (
			sizeOf(this.file) >= offset &&
			readBytes(this.file, offset - length, length).equals(tail) &&
			readBytes(this.file, 0, Math.min(offset, headLength)).equals(head)
		);
	}

	/** The first bytes read, at most 1024. */
	get head(): Buffer {
		return this.#head;
	}

	/**
	 * Consumes the next bytes.
	 * @param lines number of lines that end in them
	 */
	add(bytes: Buffer, lines: number): void {
		this.note(bytes, lines);
		this.commit();
	}

	/** Like `add`, but the position stays until `commit`: for bytes of an incomplete line. */
	note(bytes: Buffer, lines: number): void {
		if (this.#head.length < headLength) {
			this.#head = Buffer.concat([this.#head, bytes.subarray(0, headLength - this.#head.length)]);
		}

		this.#tail = Buffer.concat([this.#tail, bytes.subarray(-tailLength)]).subarray(-tailLength);
		this.#offset += bytes.length;
		this.#lines = this.#lines === undefined ? undefined : this.#lines + lines;
	}

	/** Moves the position after everything noted. */
	commit(): void {
		this.#taken = {offset: this.#offset, lines: this.#lines, head: this.#head, tail: this.#tail};
		this.#position = undefined;
	}

	/**
	 * Moves to an offset over bytes that were not kept, so that they must be read again.
	 * @param lines number of lines before it, if known
	 */
	jump(offset: number, lines: number | undefined): void {
		const length = Math.min(offset, tailLength);
		this.#head = readBytes(this.file, 0, Math.min(offset, headLength));
		this.#tail = readBytes(this.file, offset - length, length);
		this.#offset = offset;
		this.#lines = lines;
		this.commit();
	}

	/** Moves to a saved position; back to the start, and false, if the file contains something else there. */
	goTo({offset, lines, head, tail}: Position): boolean {
		this.jump(offset, lines);
		const isSame = this.position.head === head && this.position.tail === tail;
		if (!isSame) {
			this.jump(0, 0);
		}

		return isSame;
	}
}
