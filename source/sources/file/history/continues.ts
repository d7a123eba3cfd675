import {gzipHeadMatches, gzipMatches, gzipTextLength, isGzip} from '../content/gunzip.js';
import {copyEvidence} from '../known-files.js';
import {type OpenFile, readBytes, sizeOf} from '../open-file.js';
import {headMatches, matches, type Position} from '../position.js';

/** The file, or the text in it where it is compressed, holds what was read up to the position. */
export const continues = (file: OpenFile, position: Position): boolean | Promise<boolean> =>
	isGzip(readBytes(file, 0, 2)) ? gzipMatches(file, position) : matches(file, position);

/** The file is a copy that was taken before all that stood in the original had been read: nothing is left in it. */
export const endsBefore = (file: OpenFile, position: Position): boolean => {
	const gzip = isGzip(readBytes(file, 0, 2));
	const length = gzip ? gzipTextLength(file) : sizeOf(file);
	const isShorter = length >= copyEvidence && length < position.offset;
	return isShorter && (gzip ? gzipHeadMatches(file, position) : headMatches(file, position));
};
