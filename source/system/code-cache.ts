/**
 * Runs a bundle with V8's code cache from an earlier run. Compiling takes longer than everything else about a short
 * report, and Node caches compiled code itself only since 22.8.
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
import {letHeapGrow} from './growing-heap.js';

/** Maximum number of files: one per version, verb and release of Node. The oldest are deleted. */
const mostFiles = 24;

/** A CommonJS module as a function, as Node runs it. */
type Wrapped = (
	exports: object,
	require: NodeJS.Require,
	module: {exports: object},
	filename: string,
	folder: string,
) => void;

/** V8 does not verify cached code, so only files that nobody else can have written are used. */
const isPrivate = ({uid, mode}: Stats): boolean =>
	process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);

/** Reads cached code from a private file; undefined if the file is missing or not private. */
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
 * Creates a folder in the user's cache folder, which a new home may lack; never below a home that does not exist.
 * @param above how many parent folders may be created as well
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

/** True if the folder exists and belongs to the user only. */
const makePrivate = (folder: string): boolean => {
	try {
		makeFolder(folder, 2);
		const place = lstatSync(folder);
		return place.isDirectory() && isPrivate(place);
	} catch {
		return false;
	}
};

/**
 * Writes a temporary file and renames it, because others may be reading. Failures are ignored; they only make the next
 * run slower.
 */
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
 * Runs a bundle that is a function of CommonJS variables, and saves its compiled code when the process or thread exits.
 * @param file its path, relative to this file
 * @param role runs with the same role share cached code
 * @param folder for cached code, private to this program
 * @returns the bundle's exports
 */
export const runCached = (file: string, role: string, folder: string): unknown => {
	const {size, mtimeMs} = statSync(file);
	const name = [basename(file), role, process.version, process.arch, size, Math.round(mtimeMs)].join('-');
	// A run that failed compiled little: its code is used only until one succeeds.
	const nameOfFailed = `${name}-failed`;
	const whole = readCached(folder, name);
	const cachedData = whole ?? readCached(folder, nameOfFailed);
	const script = new Script(readFileSync(file, 'latin1'), {
		filename: file,
		cachedData,
		importModuleDynamically: vmConstants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
	});
	const isUsable = cachedData !== undefined && script.cachedDataRejected !== true;
	if (!(isUsable && whole)) {
		// After the run, so that the functions compiled by it are included. In a long one, V8 would have dropped those
		// of the start.
		const {setFlagsFromString} = process.getBuiltinModule('node:v8');
		setFlagsFromString('--no-flush-bytecode');
		process.once('exit', code => {
			// V8 accepts cached code only under the flags with which it was created.
			setFlagsFromString('--flush-bytecode');
			letHeapGrow();
			if (!(isUsable && code !== 0) && makePrivate(folder)) {
				writeCached(folder, code === 0 ? name : nameOfFailed, script.createCachedData());
				if (code === 0) {
					rmSync(join(folder, nameOfFailed), {force: true});
				}
			}
		});
	}
	const bundle = {exports: {}};
	(script.runInThisContext() as Wrapped)(bundle.exports, fromHere, bundle, file, dirname(file));
	return bundle.exports;
};
