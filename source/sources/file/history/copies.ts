import {isCompressed, textBegins, textLengthOf, textMatches} from '../compressed/text-of.js';
import {copyEvidence} from '../known-files.js';
import {type OpenFile, sizeOf} from '../open-file.js';
import {matches, positionAt} from '../position.js';

/** Bytes of text in a file, compressed or not. */
export const textLength = (file: OpenFile): number | Promise<number> =>
	isCompressed(file) ? textLengthOf(file) : sizeOf(file);

/**
 * True if another file starts with all of a file's text: the file is a copy of it, and the original may have been
 * written to since.
 */
export const isCopyOf = async (file: OpenFile, original: OpenFile): Promise<boolean> => {
	const length = await textLength(file);
	const size = sizeOf(original);
	if (length === 0 || length > size || (length < copyEvidence && length !== size)) {
		return false;
	}

	if (!isCompressed(file)) {
		return matches(original, positionAt(file, length));
	}

	const position = positionAt(original, length);
	return length === size ? textBegins(file, position) : textMatches(file, position);
};
