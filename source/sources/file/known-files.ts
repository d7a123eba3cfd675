import {headOf, lengthModulus, textBegins, textLengthOf, textMatches} from './compressed/text-of.js';
import {fileKey, type OpenFile, readBytes, sizeOf} from './open-file.js';
import {fingerprint, headLength, matches, type Position, positionAt} from './position.js';

/** Number of equal bytes required before a file with another inode is considered a copy of a larger or smaller one. */
export const copyEvidence = 256;

/** Maximum number of known files, more than any log has; files that are dropped would be read again. */
const knownLimit = 20_000;

/** Files whose content was read, or is history that must not be read, to recognise them after renaming. */
export class KnownFiles {
	#positions = new Map<string, Position>();
	#read = new Map<string, {readonly position: Position; readonly size: number}>();

	/**
	 * Adds what was read up to a position.
	 * @param size of the file at that time; what follows the position was delivered as an incomplete line
	 */
	addRead(position: Position, size: number): void {
		this.#read.set(fileKey(position), {position, size});
		this.#add(position);
	}

	/** Adds a file with its current content. */
	addFile(file: OpenFile): void {
		this.#add(positionAt(file, sizeOf(file)));
	}

	/** How far this very file was read when it was last open. */
	readBefore(file: OpenFile): Position | undefined {
		const position = this.#read.get(fileKey(file))?.position;
		return position !== undefined && position.offset > 0 && matches(file, position) ? position : undefined;
	}

	/** How far a file was read that has grown since, because its writer was late to reopen the log. */
	grownSince(file: OpenFile): Position | undefined {
		const read = this.#read.get(fileKey(file));
		return read !== undefined && sizeOf(file) > read.size ? this.readBefore(file) : undefined;
	}

	/** How far a file's content is that of a known or open one: all of it, or its beginning. */
	readAs(file: OpenFile, open: readonly Position[]): Position | undefined {
		const size = sizeOf(file);
		return this.#all(open).find(
			known =>
				known.offset > 0 &&
				known.offset <= size &&
				(known.offset >= copyEvidence || known.offset === size) &&
				matches(file, known),
		);
	}

	/** True if the text of a compressed file is that of a known or open file, judged by its length and beginning. */
	async hasWholeText(file: OpenFile, open: readonly Position[]): Promise<boolean> {
		const length = await textLengthOf(file);
		for (const known of this.#all(open)) {
			if (known.offset > 0 && length === known.offset % lengthModulus && (await textBegins(file, known))) {
				return true;
			}
		}

		return false;
	}

	#add(position: Position): void {
		const key = fileKey(position);
		this.#positions.delete(key);
		this.#positions.set(key, position);
		const oldest = this.#positions.keys().next().value;
		if (this.#positions.size > knownLimit && oldest !== undefined) {
			this.#positions.delete(oldest);
			this.#read.delete(oldest);
		}
	}

	/** True if the file itself is known, under any name. */
	hasFile(file: OpenFile): boolean {
		const known = this.#positions.get(fileKey(file));
		return known !== undefined && matches(file, known) && (known.offset > 0 || sizeOf(file) === 0);
	}

	/** True if the file is a copy of a known or open one. */
	hasCopy(file: OpenFile, open: readonly Position[]): boolean {
		const size = sizeOf(file);
		return this.#all(open).some(
			known => (known.offset >= copyEvidence || known.offset === size) && known.offset > 0 && matches(file, known),
		);
	}

	/** True if a compressed file contains the text of a known or open file, as far as that was read. */
	async hasText(file: OpenFile, open: readonly Position[]): Promise<boolean> {
		const length = await textLengthOf(file);
		const head = await headOf(file);
		// One of equal length is that text; logs that start alike, such as with a banner, are compared further.
		const alike = this.#all(open).filter(
			({offset, head: known}) => offset > 0 && fingerprint(head.subarray(0, Math.min(offset, headLength))) === known,
		);
		if (alike.some(({offset}) => length === offset % lengthModulus)) {
			return true;
		}

		for (const position of alike.reverse()) {
			if (await textMatches(file, position)) {
				return true;
			}
		}

		return false;
	}

	#all(open: readonly Position[]): readonly Position[] {
		return [...open, ...this.#positions.values()];
	}
}

/**
 * True for a copy that was finished before all of the original had been read, so that nothing is left in it.
 * (`copytruncate` copies first and truncates later; a fast reader is beyond the end of the copy by then.)
 */
export const isShorterCopy = (file: OpenFile, offset: number, head: Buffer): boolean => {
	const size = sizeOf(file);
	return size < offset && isPrefix(readBytes(file, 0, head.length), size, head);
};

/** Like `isShorterCopy`, for a compressed file. */
export const isShorterText = async (file: OpenFile, offset: number, head: Buffer): Promise<boolean> => {
	const length = await textLengthOf(file);
	return length < offset % lengthModulus && isPrefix((await headOf(file)).subarray(0, head.length), length, head);
};

const isPrefix = (bytes: Buffer, length: number, head: Buffer): boolean =>
	bytes.length === Math.min(length, head.length) && head.subarray(0, bytes.length).equals(bytes);
