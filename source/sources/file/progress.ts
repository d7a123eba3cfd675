import {type OpenFile, readBytes, sizeOf} from './open-file.js';
import {fingerprint, headLength, type Position, tailLength} from './position.js';

/** What was read up to a position: its first bytes, and its last. */
type Passed = {
	readonly offset: number;
	readonly lines: number | undefined;
	readonly head: Buffer;
	readonly tail: Buffer;
};

const nothing = Buffer.alloc(0);

/** Keeps the position of a reading up to date from the very bytes that were read, never from what the file holds by now. */
export class Progress {
	#head: Buffer = nothing;
	#tail: Buffer = nothing;
	#offset = 0;
	#lines: number | undefined = 0;
	/** As it was when it was taken. */
	#taken: Passed = {offset: 0, lines: 0, head: nothing, tail: nothing};
	/** Of what was taken; undefined where nobody has asked for it. */
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

	/** Lines before the position; undefined where they were not counted from the start. */
	get lines(): number | undefined {
		return this.#taken.lines;
	}

	/** The file holds, up to the position, what was read. */
	isThere(): boolean {
		const {offset, head, tail} = this.#taken;
		if (offset === 0) {
			return true;
		}

		// Less may be known of it than the file holds by now, where that was emptied just then: these are not the same.
		const length = Math.min(offset, tailLength);
		return (
			sizeOf(this.file) >= offset &&
			readBytes(this.file, offset - length, length).equals(tail) &&
			readBytes(this.file, 0, Math.min(offset, headLength)).equals(head)
		);
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
		this.#taken = {offset: this.#offset, lines: this.#lines, head: this.#head, tail: this.#tail};
		this.#position = undefined;
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
		this.commit();
	}

	/** Goes to where an earlier reading ended; back to the start, and false, where the file holds something else there. */
	goTo({offset, lines, head, tail}: Position): boolean {
		this.jump(offset, lines);
		const isSame = this.position.head === head && this.position.tail === tail;
		if (!isSame) {
			this.jump(0, 0);
		}

		return isSame;
	}
}
