import {copyEvidence} from '../known-files.js';
import {closeFile, isDeleted, type OpenFile, openIfThere, sizeOf} from '../open-file.js';
import {matches, positionAt} from '../position.js';
import type {Segment} from '../segment.js';

/** Opens what has taken the place of a file that is deleted, if that holds all of it; undefined where it does not. */
export const openLongerCopy = (path: string, {file: original, position}: Segment): OpenFile | undefined => {
	if (position.offset < copyEvidence || !isDeleted(original)) {
		return undefined;
	}

	// All that is there, not only what was read: logs may begin alike.
	const whole = positionAt(original, sizeOf(original));
	const file = openIfThere(path);
	if (file === undefined || (matches(file, position) && matches(file, whole))) {
		return file;
	}

	closeFile(file);
	return undefined;
};
