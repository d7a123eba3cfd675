import {type Stats, statSync} from 'node:fs';

/** The stats of a path, following links; undefined if it does not exist or is not accessible. */
export const statsAt = (path: string): Stats | undefined => {
	try {
		return statSync(path, {throwIfNoEntry: false});
	} catch {
		return undefined;
	}
};
