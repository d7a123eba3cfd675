import {userInfo} from 'node:os';
import process from 'node:process';

/**
 * The home folder of who runs this. A user without one, as services and containers have them, has `/`: nothing of ours
 * is found there, and nothing can be kept.
 */
export const homeFolder = (env: Readonly<Record<string, string | undefined>> = process.env): string => {
	try {
		// Not `homedir`, which takes an empty HOME for the current folder.
		return env.HOME || userInfo().homedir;
	} catch {
		return '/';
	}
};
