import {isCompressed, textBegins, textLengthOf, textMatches} from '../compressed/text-of.js';
import {copyEvidence} from '../known-files.js';
import {type OpenFile, sizeOf} from '../open-file.js';
import {headMatches, matches, type Position} from '../position.js';

/** True if the file, or its text if it is compressed, contains what was read up to the position. */
export const continues = (file: OpenFile, position: Position): boolean | Promise<boolean> =>
	isCompressed(file) ? textMatches(file, position) : matches(file, position);

/** True for a copy that was made before all of the original had been read, so that nothing is left in it. */
export const endsBefore = async (file: OpenFile, position: Position): Promise<boolean> => {
	const compressed = isCompressed(file);
	const length = compressed ? await textLengthOf(file) : sizeOf(file);
	const isShorter = length >= copyEvidence && length < position.offset;
	return isShorter && (compressed ? textBegins(file, position) : headMatches(file, position));
};
