// Not as a module of its own, which Node would load before anything is written.
import {promises as fs} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {UserError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';

/** A file could not be written; the message is one line that a user can act on. */
export class ExportError extends UserError {
	override readonly name = 'ExportError';

	constructor(message: string, options?: ErrorOptions) {
		super(message, 2, options);
	}
}

const reasons: Readonly<Record<string, string>> = {
	EEXIST: 'it exists already and is not overwritten',
	ENOENT: 'its folder does not exist',
	ENOTDIR: 'its folder is not a folder',
	EISDIR: 'it is a folder',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'the file system is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	ENAMETOOLONG: 'its name is too long',
};

const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const toExportError = (path: string, error: unknown): ExportError => {
	const reason = reasons[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
	return new ExportError(`Cannot write ${sanitize(path)}: ${sanitize(reason)}.`, {cause: error});
};

/**
 * Writes a file so that it is there as a whole or not at all, readable by its owner alone. A symbolic link at the path
 * is replaced, never followed.
 * @param exclusive fails where the path exists; otherwise a regular file there is replaced in one step
 * @throws ExportError; nothing is left behind
 */
export const writeWhole = async (
	path: string,
	content: string | Uint8Array,
	{exclusive}: {readonly exclusive: boolean},
): Promise<void> => {
	// Its own short name: the path's may be as long as names can be.
	const temporary = join(dirname(path), `.hitrate-${crypto.randomUUID()}.tmp`);
	try {
		await refuseSpecial(path);
		await writeNew(temporary, content);
		await (exclusive ? place(temporary, path) : fs.rename(temporary, path));
	} catch (error) {
		throw toExportError(path, error);
	} finally {
		// Whatever went wrong before, that is what the user needs to hear of.
		await fs.rm(temporary, {force: true}).catch(() => undefined);
	}
};

const stateOf = (path: string) =>
	fs.lstat(path).catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	});

/** Replacing a device or a pipe by a file would break more than the export. */
const refuseSpecial = async (path: string): Promise<void> => {
	const state = await stateOf(path);
	if (state?.isDirectory()) {
		throw Object.assign(new Error(), {code: 'EISDIR'});
	}
	if (state && !state.isFile() && !state.isSymbolicLink()) {
		throw new Error('it is a device or a pipe');
	}
};

const writeNew = async (path: string, content: string | Uint8Array): Promise<void> => {
	const file = await fs.open(path, 'wx', 0o600);
	try {
		await file.writeFile(content);
		await file.sync();
	} finally {
		await file.close();
	}
};

/** File systems without hard links, among them exFAT and Android's, say so in one of these ways. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EMLINK']);

/** Gives a file its name unless that is taken. */
const place = async (temporary: string, path: string): Promise<void> => {
	try {
		await fs.link(temporary, path);
	} catch (error) {
		if (!withoutLinks.has(codeOf(error) ?? '')) {
			throw error;
		}
		// The name is reserved first, so that nothing can be overwritten here either.
		await (await fs.open(path, 'wx', 0o600)).close();
		try {
			await fs.rename(temporary, path);
		} catch (renaming) {
			await fs.rm(path, {force: true});
			throw renaming;
		}
	}
};

/**
 * A name for a set of files: `base`, or `base-2`, `base-3`… where any of them is taken.
 * @param endings with their dots: `.json`
 */
export const freeName = async (folder: string, base: string, endings: readonly string[]): Promise<string> => {
	const isTaken = async (name: string) => {
		const states = await Promise.all(endings.map(ending => stateOf(join(folder, `${name}${ending}`))));
		return states.some(state => state !== undefined);
	};
	try {
		let name = base;
		for (let number = 2; await isTaken(name); number++) {
			name = `${base}-${number}`;
		}
		return name;
	} catch (error) {
		throw toExportError(join(folder, basename(base)), error);
	}
};
