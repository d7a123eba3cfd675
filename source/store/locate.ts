import {join} from 'node:path';
import {homeFolder} from '../system/home.js';
import {makeFolder} from '../system/make-folder.js';
import {StoreError} from './store.js';

type Place = {
	readonly env?: Readonly<Record<string, string | undefined>> | undefined;
	readonly home?: string | undefined;
	readonly platform?: NodeJS.Platform | undefined;
};

/** The folder where stores are kept: where the platform keeps the data of a user's programs. */
export const storeFolder = ({env = process.env, home, platform = process.platform}: Place = {}): string => {
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

/** Makes the folder where it is missing, for its owner alone. Throws a `StoreError`. */
export const makeStoreFolder = (folder: string): void => {
	try {
		makeFolder(folder);
	} catch (error) {
		throw new StoreError(`${folder} cannot be made: ${(error as Error).message}`, {cause: error});
	}
};
