import {isCompressed, textBegins, textLengthOf, textMatches} from '../compressed/text-of.js';
import {copyEvidence} from '../known-files.js';
import {type OpenFile, sizeOf} from '../open-file.js';
import {headMatches, matches, type Position} from '../position.js';

/** The file, or the text in it where it is compressed, holds what was read up to the position. */
export const continues = (file: OpenFile, position: Position): boolean | Promise<boolean> =>
	isCompressed(file) ? textMatches(file, position) : matches(file, position);

/** The file is a copy that was taken before all that stood in the original had been read: nothing is left in it. */
export const endsBefore = async (file: OpenFile, position: Position): Promise<boolean> => {
	const compressed = isCompressed(file);
	const length = compressed ? await textLengthOf(file) : sizeOf(file);
	const isShorter = length >= copyEvidence && length < position.offset;
	return isShorter && (compressed ? textBegins(file, position) : headMatches(file, position));
};
