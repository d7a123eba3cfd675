import {contentOf, sampleLength} from './content/content.js';
import {type OpenFile, readBytes, sizeOf, withFile} from './open-file.js';

const newline = 10;

/** The end is read first only if at least this many times its bytes are unread. */
export const worthwhile = 3;

/** The whole lines at the end of a text file. */
export type Tail = {
	readonly bytes: Buffer;
	/** True if it is the whole file, so that earlier lines are at the end of another. */
	readonly isWhole: boolean;
};

/**
 * The whole lines within the last bytes of a file; undefined if it cannot be read or is not text.
 * @param from offset of the end of a line; bytes before it are left out
 */
export const tailOf = (path: string, most: number, from = 0): Promise<Tail | undefined> =>
	withFile(path, file => (isText(file) ? linesAtEnd(file, most, from) : undefined));

const isText = (file: OpenFile): boolean => contentOf(readBytes(file, 0, sampleLength)) === 'text';

const linesAtEnd = (file: OpenFile, most: number, from: number): Tail => {
	const size = sizeOf(file);
	const start = Math.max(from, size - most);
	const bytes = readBytes(file, start, Math.max(0, size - start));
	const first = start === from ? 0 : bytes.indexOf(newline) + 1;
	const last = bytes.lastIndexOf(newline) + 1;
	return {bytes: bytes.subarray(Math.min(first, last), last), isWhole: start === 0};
};
