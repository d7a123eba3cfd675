import {join} from 'node:path';
import {homeFolder} from './home.js';

type Place = {
	readonly env?: Readonly<Record<string, string | undefined>> | undefined;
	readonly home?: string | undefined;
	readonly platform?: NodeJS.Platform | undefined;
};

/** The program's folder for data that can be recreated, in the platform's cache folder. */
export const cacheFolder = ({env = process.env, home, platform = process.platform}: Place = {}): string => {
	if (env.XDG_CACHE_HOME) {
		return join(env.XDG_CACHE_HOME, 'hitrate');
	}
	const at = home ?? homeFolder(env);
	switch (platform) {
		case 'darwin':
			return join(at, 'Library', 'Caches', 'hitrate');
		case 'win32':
			return join(env.LOCALAPPDATA || join(at, 'AppData', 'Local'), 'hitrate', 'Cache');
		default:
			return join(at, '.cache', 'hitrate');
	}
};
