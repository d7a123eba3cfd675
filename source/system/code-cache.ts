/**
 * Starts a bundle from the code that V8 compiled in an earlier run. Compiling takes longer than everything else about a
 * short report, and Node only keeps compiled code by itself from 22.8 on.
 */

import {
	closeSync,
	constants,
	fstatSync,
	lstatSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	type Stats,
	statSync,
	writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import process from 'node:process';
import {Script, constants as vmConstants} from 'node:vm';
import {fromHere} from './from-here.js';

/** Files kept: each version, verb and release of Node has its own, and the oldest make room. */
const mostFiles = 24;

/** A module of CommonJS, as Node calls it. */
type Wrapped = (
	exports: object,
	require: NodeJS.Require,
	module: {exports: object},
	filename: string,
	folder: string,
) => void;

/** V8 runs cached code without looking at it: only a file that nobody else can have written is taken. */
const isPrivate = ({uid, mode}: Stats): boolean =>
	process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);

/** The compiled code in a file of the user's own; undefined for any other, and where there is none. */
const readCached = (folder: string, name: string): Buffer | undefined => {
	let descriptor: number | undefined;
	try {
		const place = lstatSync(folder);
		if (!place.isDirectory() || !isPrivate(place)) {
			return undefined;
		}
		descriptor = openSync(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
		const stats = fstatSync(descriptor);
		return stats.isFile() && isPrivate(stats) ? readFileSync(descriptor) : undefined;
	} catch {
		return undefined;
	} finally {
		if (descriptor !== undefined) {
			closeSync(descriptor);
		}
	}
};

/**
 * A folder in the user's cache folder, which a new home does not have yet; never below a home that is not there.
 * @param above how many folders above it may be made as well
 */
const makeFolder = (folder: string, above: number): void => {
	if (lstatSync(folder, {throwIfNoEntry: false}) !== undefined) {
		return;
	}
	if (above > 0) {
		makeFolder(dirname(folder), above - 1);
	}
	mkdirSync(folder, {mode: 0o700});
};

/** Whether there is a folder now that is the user's alone. */
const makePrivate = (folder: string): boolean => {
	try {
		makeFolder(folder, 2);
		const place = lstatSync(folder);
		return place.isDirectory() && isPrivate(place);
	} catch {
		return false;
	}
};

/** Written whole and renamed, for others may be reading. What goes wrong costs the next run some time, and no more. */
const writeCached = (folder: string, name: string, code: Buffer): void => {
	const temporary = join(folder, `${name}.${process.pid}.tmp`);
	try {
		writeFileSync(temporary, code, {flag: 'wx', mode: 0o600});
		renameSync(temporary, join(folder, name));
		const files = readdirSync(folder).map(file => ({
			path: join(folder, file),
			at: lstatSync(join(folder, file)).mtimeMs,
		}));
		for (const {path} of files.sort((one, other) => other.at - one.at).slice(mostFiles)) {
			rmSync(path, {force: true});
		}
	} catch {
		try {
			rmSync(temporary, {force: true});
		} catch {}
	}
};

/**
 * Runs a bundle in the format of CommonJS. What it compiled is kept when the process (or the thread) exits.
 * @param file its path, beside this file
 * @param role runs that need about the same code share what was compiled
 * @param folder where compiled code is kept, one of this program alone
 * @returns what it exports
 */
export const runCached = (file: string, role: string, folder: string): unknown => {
	const {size, mtimeMs} = statSync(file);
	const name = [basename(file), role, process.version, process.arch, size, Math.round(mtimeMs)].join('-');
	const cachedData = readCached(folder, name);
	const script = new Script(
		`(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`,
		{filename: file, cachedData, importModuleDynamically: vmConstants.USE_MAIN_CONTEXT_DEFAULT_LOADER},
	);
	if (cachedData === undefined || script.cachedDataRejected === true) {
		// After the run, so that the functions that it compiled are in. In a long one V8 would have dropped those of the start.
		const {setFlagsFromString} = process.getBuiltinModule('node:v8');
		setFlagsFromString('--no-flush-bytecode');
		process.once('exit', () => {
			// Compiled code is taken only under the flags that it was kept with.
			setFlagsFromString('--flush-bytecode');
			if (makePrivate(folder)) {
				writeCached(folder, name, script.createCachedData());
			}
		});
	}
	const bundle = {exports: {}};
	(script.runInThisContext() as Wrapped)(bundle.exports, fromHere, bundle, file, dirname(file));
	return bundle.exports;
};
