import {join} from 'node:path';
import type {Environment} from './secret.js';

/** What the usual place of the config file depends on. */
export type Place = {
	readonly env: Environment;
	/** The user's home folder; undefined if there is none, and then there is no usual place. */
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

/** Where the config file is unless told otherwise: where the platform keeps the settings of a user's programs. */
export const configPath = (place: Place): string | undefined => {
	const folder = folderOf(place);
	return folder === undefined ? undefined : join(folder, 'hitrate', 'config.json');
};
