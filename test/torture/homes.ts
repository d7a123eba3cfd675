import {mkdirSync, mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {OnTestFinishedHandler} from 'vitest';

/** Where a test says what to clean up: `onTestFinished` of its own context, since tests run side by side. */
export type Finish = (end: OnTestFinishedHandler) => void;

/** A new folder, removed after the test. */
export const newFolder = (finish: Finish): string => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hitrate-torture-')));
	finish(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

/** A user of their own: where the program looks and keeps things. */
export type Home = {
	readonly env: Readonly<Record<string, string>>;
	/** Where the program makes its folder for what it keeps. */
	readonly data: string;
	/** The folder itself, which is the program's to make. */
	readonly store: string;
};

/** @param data an existing place for what is kept, instead of one in the new home */
export const newHome = (finish: Finish, data?: string): Home => {
	const folder = newFolder(finish);
	const kept = data ?? join(folder, 'data');
	if (data === undefined) {
		mkdirSync(kept);
	}
	return {
		env: {
			HOME: folder,
			XDG_DATA_HOME: kept,
			XDG_CONFIG_HOME: join(folder, 'config'),
			XDG_STATE_HOME: join(folder, 'state'),
			XDG_CACHE_HOME: join(folder, 'cache'),
		},
		data: kept,
		store: join(kept, 'hitrate'),
	};
};
