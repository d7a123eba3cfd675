import {existsSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {rotatedFrom} from './rotated-name.js';
import {listSiblings} from './siblings.js';

/** A file that was named, or found by a glob or in a folder. */
export type NamedFile = {
	/** Name for people. */
	readonly name: string;
	readonly path: string;
	/** True if it was named individually, so that only this file is meant. */
	readonly isExplicit: boolean;
};

/** A log, which may consist of several files. */
export type NamedLog = {
	readonly name: string;
	readonly path: string;
	/** True if the rotated files next to it belong to it. */
	readonly history: boolean;
	readonly isExplicit: boolean;
};

/**
 * Assigns rotated files to their logs. If a log does not exist any more, all its rotated files are one log with its
 * name, provided that all were found; a rotated file that was named without its log is a log of its own.
 */
export const groupRotations = (files: readonly NamedFile[]): readonly NamedLog[] => {
	const paths = new Set(files.map(({path}) => path));
	const basesOf = (path: string) => rotatedFrom(basename(path)).map(base => join(dirname(path), base));
	const logs = new Map<string, NamedLog>();
	const rotated: {file: NamedFile; bases: string[]}[] = [];
	for (const file of files) {
		const bases = basesOf(file.path);
		if (bases.length === 0) {
			logs.set(file.path, {...file, history: true});
		} else {
			rotated.push({file, bases});
		}
	}

	for (const {file, bases} of rotated) {
		const base = bases.findLast(base => basesOf(base).length === 0);
		if (bases.some(base => logs.get(base)?.history)) {
			continue;
		}

		const isGone = base !== undefined && !file.isExplicit && !existsSync(base);
		if (isGone && listSiblings([base]).every(({path}) => paths.has(path))) {
			const name = join(dirname(file.name), basename(base));
			logs.set(base, {name, path: base, history: true, isExplicit: false});
		} else {
			logs.set(file.path, {...file, history: false});
		}
	}

	return [...logs.values()];
};
