import {headOf, lengthModulus, textBegins, textLengthOf, textMatches} from './compressed/text-of.js';
import {fileKey, type OpenFile, readBytes, sizeOf} from './open-file.js';
import {fingerprint, headLength, matches, type Position, positionAt} from './position.js';

/** Bytes that must agree before a file of another inode is taken for a copy of one that is larger or smaller. */
export const copyEvidence = 256;

/** More than the rotated files of any log: what is forgotten would be read again. */
const knownLimit = 20_000;

/** Files whose content was read, or is history that is not to be read, to be known again when they come by renamed. */
export class KnownFiles {
	#positions = new Map<string, Position>();
	#read = new Map<string, {readonly position: Position; readonly size: number}>();

	/**
	 * Adds what was read up to a position.
	 * @param size of the file then; what lies beyond the position was handed over as an unfinished line
	 */
	addRead(position: Position, size: number): void {
		this.#read.set(fileKey(position), {position, size});
		this.#add(position);
	}

	/** Adds a file as it lies there. */
	addFile(file: OpenFile): void {
		this.#add(positionAt(file, sizeOf(file)));
	}

	/** How far this very file was read when it was last open. */
	readBefore(file: OpenFile): Position | undefined {
		const position = this.#read.get(fileKey(file))?.position;
		return position !== undefined && position.offset > 0 && matches(file, position) ? position : undefined;
	}

	/** How far a file was read that has been written to since: its writer was late to reopen the log. */
	grownSince(file: OpenFile): Position | undefined {
		const read = this.#read.get(fileKey(file));
		return read !== undefined && sizeOf(file) > read.size ? this.readBefore(file) : undefined;
	}

	/** How far the content of a file is that of a known one, or of one that is open: all of it, or its beginning. */
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

	/** The text of a compressed file is that of a known file, or of one that is open, by its length and its beginning. */
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

	/** The file itself is known, whatever its name is by now. */
	hasFile(file: OpenFile): boolean {
		const known = this.#positions.get(fileKey(file));
		return known !== undefined && matches(file, known) && (known.offset > 0 || sizeOf(file) === 0);
	}

	/** The file is a copy of a known one, or of one that is open. */
	hasCopy(file: OpenFile, open: readonly Position[]): boolean {
		const size = sizeOf(file);
		return this.#all(open).some(
			known => (known.offset >= copyEvidence || known.offset === size) && known.offset > 0 && matches(file, known),
		);
	}

	/** A compressed file holds the text of a known file, or of one that is open, as far as that was read. */
	async hasText(file: OpenFile, open: readonly Position[]): Promise<boolean> {
		const length = await textLengthOf(file);
		const head = await headOf(file);
		// One of the same length is that text; logs that begin alike, each with the same banner, are told apart otherwise.
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
 * The file is a copy that was finished before all that stood in the original had been read: nothing is left in it.
 * (`copytruncate` copies first and truncates later; a fast reader is past the end of the copy by then.)
 */
export const isShorterCopy = (file: OpenFile, offset: number, head: Buffer): boolean => {
	const size = sizeOf(file);
	return size < offset && isPrefix(readBytes(file, 0, head.length), size, head);
};

/** As `isShorterCopy`, of a compressed file. */
export const isShorterText = async (file: OpenFile, offset: number, head: Buffer): Promise<boolean> => {
	const length = await textLengthOf(file);
	return length < offset % lengthModulus && isPrefix((await headOf(file)).subarray(0, head.length), length, head);
};

const isPrefix = (bytes: Buffer, length: number, head: Buffer): boolean =>
	bytes.length === Math.min(length, head.length) && head.subarray(0, bytes.length).equals(bytes);
