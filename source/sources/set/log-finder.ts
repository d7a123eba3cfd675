import {dirname, join, resolve} from 'node:path';
import type {NamedFile} from '../file/history/group-rotations.js';
import {logNamesIn} from './folder-argument.js';

/** Finds the logs of a set, repeatedly. */
export type LogFinder = {
	/** The existing files; empty if they cannot be listed. */
	readonly find: () => Promise<readonly NamedFile[]>;
	/** Folders in which new ones may appear, including folders that do not exist yet. */
	readonly folders: readonly string[];
};

/** Files that were named individually, each of which may appear later. */
export const namedFiles = (files: readonly NamedFile[]): LogFinder => ({
	find: async () => files,
	folders: [...new Set(files.map(({path}) => dirname(path)))],
});

/** The logs directly in a folder. */
export const logsInFolder = (name: string, path: string): LogFinder => ({
	find: async () => {
		try {
			return logNamesIn(path).map(log => ({name: join(name, log), path: join(path, log), isExplicit: false}));
		} catch {
			return [];
		}
	},
	folders: [path],
});

const wildcard = /[*?[\]{}()!|]/;

/** The folder that contains all matches of a glob. */
const baseOf = (pattern: string, cwd: string): string => {
	const segments = pattern.split('/');
	const first = segments.findIndex(segment => wildcard.test(segment));
	return resolve(cwd, segments.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.'));
};

/** The files that match a glob. */
export const matchesOf = (pattern: string, cwd: string): LogFinder => ({
	find: async () => {
		const {glob} = await import('tinyglobby');
		const names = await glob(pattern, {cwd, dot: true, expandDirectories: false});
		return names.sort().map(name => ({name, path: resolve(cwd, name), isExplicit: false}));
	},
	folders: [baseOf(pattern, cwd)],
});
