import {statsAt} from '../../system/stats-at.js';
import {listSiblings, placesOf} from './history/siblings.js';
import {fileKey} from './open-file.js';
import type {Position} from './position.js';

/**
 * Stored bytes that reading a log will pass, judged by names, sizes and inodes.
 * @param history true includes its rotated files
 */
export const bytesToRead = (path: string, resume: Position | undefined, history: boolean): number => {
	const stats = statsAt(path);
	const size = stats?.isFile() ? stats.size : 0;
	if (resume !== undefined && stats !== undefined && resume.inode === String(stats.ino) && size >= resume.offset) {
		return size - resume.offset;
	}

	const siblings = history || resume !== undefined ? listSiblings(placesOf(path)) : [];
	const first = resume === undefined ? 0 : siblings.findIndex(sibling => fileKey(sibling) === fileKey(resume));
	const unread = first < 0 && !history ? [] : siblings.slice(Math.max(0, first));
	const sum = unread.reduce((total, sibling) => total + sibling.size, size);
	return first >= 0 && resume !== undefined ? Math.max(0, sum - resume.offset) : sum;
};
