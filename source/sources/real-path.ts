import {realpathSync} from 'node:fs';

/** A path without links; as it is where it leads to nothing. */
export const realPathOf = (path: string): string => {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
};
