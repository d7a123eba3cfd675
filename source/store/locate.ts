import {makeFolder} from '../system/make-folder.js';
import {StoreError} from './store.js';

/** Why a folder cannot be made, by the system's error code. */
const reasons: Readonly<Record<string, string>> = {
	EEXIST: 'a part of its path is a file',
	ENOTDIR: 'a part of its path is a file',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'its disk may only be read',
	ENOSPC: 'no room left on its disk',
};

/** Creates the folder if missing, accessible by its owner only. Throws a `StoreError`. */
export const makeStoreFolder = (folder: string): void => {
	try {
		makeFolder(folder);
	} catch (error) {
		const {code = '', message} = error as NodeJS.ErrnoException;
		throw new StoreError(`${folder} cannot be made: ${reasons[code] ?? message}`, {cause: error});
	}
};
