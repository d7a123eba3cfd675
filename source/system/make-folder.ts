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
 * Creates a folder and its parents if missing, accessible by their owner only. Throws the system's error. Creates one
 * at a time, because Node 20's recursive mkdir never returns for a folder that cannot be created below an existing one
 * (such as /proc).
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
		// Another process may have created it.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFolder(folder)) {
			throw error;
		}
	}
};
