import {renameSync, rmSync, statSync} from 'node:fs';

/** SQLite keeps these beside its file. */
export const companions = ['', '-wal', '-shm'];

/** Deletes a store. */
export const removeStore = (path: string): void => {
	for (const ending of companions) {
		rmSync(path + ending, {force: true});
	}
};

/** Renames a store to a name that none has, and says which. One that was set aside before is replaced. */
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
