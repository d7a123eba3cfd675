import {contentOf, sampleLength} from './content/content.js';
import {type OpenFile, readBytes, sizeOf, withFile} from './open-file.js';

const newline = 10;

/** So many times the bytes of the end must be unread for it to be looked at first: the end, and twice that before it. */
export const worthwhile = 3;

/** The whole lines at the end of a file of text. */
export type Tail = {
	readonly bytes: Buffer;
	/** It is all of the file, so that what was written before is at the end of another. */
	readonly isWhole: boolean;
};

/**
 * The whole lines among the last bytes of a file, at most so many; undefined where it cannot be read or is not text.
 * @param from bytes before this offset, the end of a line, are left out
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
