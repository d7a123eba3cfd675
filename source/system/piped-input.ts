import {fstatSync} from 'node:fs';

/** True if standard input is a pipe or a socket, or a file with content: somebody may expect it to be read. */
export const isInputPiped = (): boolean => {
	try {
		const stats = fstatSync(0);
		return stats.isFIFO() || stats.isSocket() || (stats.isFile() && stats.size > 0);
	} catch {
		return false;
	}
};
