import {rmSync} from 'node:fs';

/** SQLite keeps these beside its file. */
export const companions = ['', '-wal', '-shm'];

/** Deletes a store. */
export const removeStore = (path: string): void => {
	for (const ending of companions) {
		rmSync(path + ending, {force: true});
	}
};
