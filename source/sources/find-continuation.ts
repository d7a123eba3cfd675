import {gzipMatches, isGzip} from './gunzip.js';
import {type OpenFile, readBytes, withFile} from './open-file.js';
import {matches, type Position} from './position.js';
import type {Sibling} from './siblings.js';

/** The file, or the text in it where it is compressed, holds what was read up to the position. */
export const continues = (file: OpenFile, position: Position): boolean | Promise<boolean> =>
	isGzip(readBytes(file, 0, 2)) ? gzipMatches(file, position) : matches(file, position);

/** Index of the rotated file that a reading stopped in, -1 where there is none any more. */
export const findContinuation = async (siblings: readonly Sibling[], position: Position): Promise<number> => {
	for (const [index, {path}] of siblings.entries()) {
		if (position.offset > 0 && (await withFile(path, file => continues(file, position)))) {
			return index;
		}
	}

	return -1;
};
