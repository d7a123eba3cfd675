import {join} from 'node:path';
import {homeFolder} from './home.js';

type Place = {
	readonly env?: Readonly<Record<string, string | undefined>> | undefined;
	readonly home?: string | undefined;
	readonly platform?: NodeJS.Platform | undefined;
};

/** The program's folder for its store, marks and alert state, in the platform's folder for application data. */
export const dataFolder = ({env = process.env, home, platform = process.platform}: Place = {}): string => {
	if (env.XDG_DATA_HOME) {
		return join(env.XDG_DATA_HOME, 'hitrate');
	}
	const at = home ?? homeFolder(env);
	switch (platform) {
		case 'darwin':
			return join(at, 'Library', 'Application Support', 'hitrate');
		case 'win32':
			return join(env.LOCALAPPDATA || join(at, 'AppData', 'Local'), 'hitrate');
		default:
			return join(at, '.local', 'share', 'hitrate');
	}
};
