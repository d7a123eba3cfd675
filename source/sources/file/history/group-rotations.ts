import {existsSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {rotatedFrom} from './rotated-name.js';
import {listSiblings} from './siblings.js';

/** A file that was named, or found by a pattern or in a folder. */
export type NamedFile = {
	/** As a person knows it. */
	readonly name: string;
	readonly path: string;
	/** It was named itself, so that it alone is meant. */
	readonly isExplicit: boolean;
};

/** A log, which may be several files. */
export type NamedLog = {
	readonly name: string;
	readonly path: string;
	/** The rotated files beside it belong to it. */
	readonly history: boolean;
	readonly isExplicit: boolean;
};

/**
 * Puts rotated files to the logs that they were rotated from. Where such a log is not there any more, all that was
 * rotated from it is one log, by its name, if all of it was found; what was named without its log is a log by itself.
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
