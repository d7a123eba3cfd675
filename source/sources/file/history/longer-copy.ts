import {copyEvidence} from '../known-files.js';
import {closeFile, isDeleted, type OpenFile, openIfThere, sizeOf} from '../open-file.js';
import {matches, positionAt} from '../position.js';
import type {Segment} from '../segment.js';

/** Opens the file that replaced a deleted one, if it contains all of it; undefined if it does not. */
export const openLongerCopy = (path: string, {file: original, position}: Segment): OpenFile | undefined => {
	if (position.offset < copyEvidence || !isDeleted(original)) {
		return undefined;
	}

	// The whole file, not only what was read, because logs may start alike.
	const whole = positionAt(original, sizeOf(original));
	const file = openIfThere(path);
	if (file === undefined || (matches(file, position) && matches(file, whole))) {
		return file;
	}

	closeFile(file);
	return undefined;
};
