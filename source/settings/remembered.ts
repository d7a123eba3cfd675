import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {dataFolder} from '../system/data-folder.js';
import {makeFolder} from '../system/make-folder.js';
import {writeWhole} from '../system/write-whole.js';

/** What was last chosen with a key, to begin with it the next time. */
export type Remembered = {readonly theme?: string};

const path = (): string => join(dataFolder(), 'screen.json');

/** What cannot be read was never chosen. */
export const remembered = (): Remembered => {
	try {
		const kept: unknown = JSON.parse(readFileSync(path(), 'utf8'));
		const theme = typeof kept === 'object' && kept !== null && 'theme' in kept ? kept.theme : undefined;
		return typeof theme === 'string' ? {theme} : {};
	} catch {
		return {};
	}
};

/** Where it cannot be kept, it is chosen again the next time. */
export const remember = async (chosen: Remembered): Promise<void> => {
	try {
		makeFolder(dirname(path()));
		await writeWhole(path(), `${JSON.stringify(chosen)}\n`, {exclusive: false});
	} catch {
		// A colour is not worth a message.
	}
};
