import {userInfo} from 'node:os';
import process from 'node:process';

/**
 * The user's home folder. Users without one, as in services and containers, have `/`, where nothing of ours is found or
 * can be written.
 */
export const homeFolder = (env: Readonly<Record<string, string | undefined>> = process.env): string => {
	try {
		// Not `homedir`, which takes an empty HOME for the current folder.
		return env.HOME || userInfo().homedir;
	} catch {
		return '/';
	}
};
