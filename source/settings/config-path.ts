import {join} from 'node:path';
import type {Environment} from './secret.js';

/** What the default path of the config file depends on. */
export type Place = {
	readonly env: Environment;
	/** The user's home folder; undefined if there is none, in which case there is no default path. */
	readonly home: string | undefined;
	readonly platform: NodeJS.Platform;
};

const folderOf = ({env, home, platform}: Place): string | undefined => {
	if (env.XDG_CONFIG_HOME) {
		return env.XDG_CONFIG_HOME;
	}
	if (platform === 'win32' && env.APPDATA) {
		return env.APPDATA;
	}
	if (!home) {
		return undefined;
	}
	switch (platform) {
		case 'darwin':
			return join(home, 'Library', 'Application Support');
		case 'win32':
			return join(home, 'AppData', 'Roaming');
		default:
			return join(home, '.config');
	}
};

/** The default path of the config file, in the platform's folder for settings. Undefined without a home folder. */
export const configPath = (place: Place): string | undefined => {
	const folder = folderOf(place);
	return folder === undefined ? undefined : join(folder, 'hitrate', 'config.json');
};
