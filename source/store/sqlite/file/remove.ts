import {renameSync, rmSync, statSync} from 'node:fs';

/** Suffixes of SQLite's files. */
export const companions = ['', '-wal', '-shm'];

/** Deletes a store. */
export const removeStore = (path: string): void => {
	for (const ending of companions) {
		rmSync(path + ending, {force: true});
	}
};

/** Renames a store and returns its new name. An earlier one that was set aside is replaced. */
export const setAside = (path: string): string => {
	const aside = `${path}.set-aside`;
	for (const ending of companions) {
		rmSync(aside + ending, {force: true});
		if (statSync(path + ending, {throwIfNoEntry: false})) {
			renameSync(path + ending, aside + ending);
		}
	}
	return aside;
};
