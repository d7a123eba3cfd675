import {gzipHeadMatches, gzipMatches, gzipTextLength, isGzip} from '../content/gunzip.js';
import {copyEvidence} from '../known-files.js';
import {type OpenFile, readBytes, sizeOf} from '../open-file.js';
import {matches, positionAt} from '../position.js';

/** Bytes of text in a file, compressed or not. */
export const textLength = (file: OpenFile): number =>
	isGzip(readBytes(file, 0, 2)) ? gzipTextLength(file) : sizeOf(file);

/**
 * All of a file, the text of it where it is compressed, stands at the beginning of another: it is a copy of that,
 * which may have been written to since.
 */
export const isCopyOf = (file: OpenFile, original: OpenFile): boolean | Promise<boolean> => {
	const length = textLength(file);
	const size = sizeOf(original);
	if (length === 0 || length > size || (length < copyEvidence && length !== size)) {
		return false;
	}

	if (!isGzip(readBytes(file, 0, 2))) {
		return matches(original, positionAt(file, length));
	}

	const position = positionAt(original, length);
	return length === size ? gzipHeadMatches(file, position) : gzipMatches(file, position);
};
