import {mkdirSync, statSync} from 'node:fs';
import {dirname} from 'node:path';

const isFolder = (path: string): boolean => {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
};

/**
 * Makes a folder where it is missing, for its owner alone. Throws the system's error. One by one: made recursively, a
 * folder that cannot be made below an existing one is tried for ever (Node 20, below /proc).
 */
export const makeFolder = (folder: string): void => {
	if (isFolder(folder)) {
		return;
	}
	if (dirname(folder) !== folder) {
		makeFolder(dirname(folder));
	}
	try {
		mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		// Another process may have been faster.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(folder)) {
			throw error;
		}
	}
};
