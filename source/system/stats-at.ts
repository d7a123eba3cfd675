import {type Stats, statSync} from 'node:fs';

/** The stats of what a path leads to, links followed; undefined if that is nothing or may not be looked at. */
export const statsAt = (path: string): Stats | undefined => {
	try {
		return statSync(path, {throwIfNoEntry: false});
	} catch {
		return undefined;
	}
};
