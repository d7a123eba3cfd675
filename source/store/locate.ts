import {makeFolder} from '../system/make-folder.js';
import {StoreError} from './store.js';

/** Creates the folder if missing, accessible by its owner only. Throws a `StoreError`. */
export const makeStoreFolder = (folder: string): void => {
	try {
		makeFolder(folder);
	} catch (error) {
		throw new StoreError(`${folder} cannot be made: ${(error as Error).message}`, {cause: error});
	}
};
