// `node:fs/promises` would be loaded even by runs that write nothing.
import {promises as fs} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {UserError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';

/** A file could not be written; the message is one line that the user can act on. */
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
 * Writes a file atomically, readable by its owner only. Replaces a symbolic link instead of following it.
 * @param exclusive fails if the path exists; otherwise a regular file is replaced
 * @throws ExportError; no partial file remains
 */
export const writeWhole = async (
	path: string,
	content: string | Uint8Array,
	{exclusive}: {readonly exclusive: boolean},
): Promise<void> => {
	// A short name of its own, because the path's may be of maximum length.
	const temporary = join(dirname(path), `.hitrate-${crypto.randomUUID()}.tmp`);
	try {
		await refuseSpecial(path);
		await writeNew(temporary, content);
		await (exclusive ? place(temporary, path) : fs.rename(temporary, path));
	} catch (error) {
		throw toExportError(path, error);
	} finally {
		// Whatever went wrong before is what the user needs to know.
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

/** Replacing a device or pipe by a file would break more than the export. */
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

/** Error codes of file systems without hard links, such as exFAT and Android's. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES', 'EMLINK']);

/** Renames the file, unless the name is taken. */
const place = async (temporary: string, path: string): Promise<void> => {
	try {
		await fs.link(temporary, path);
	} catch (error) {
		if (!withoutLinks.has(codeOf(error) ?? '')) {
			throw error;
		}
		// Reserve the name first, so that nothing is overwritten.
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
 * A common name for several files: `base`, or `base-2`, `base-3`… if any of them exists.
 * @param endings extensions with their dots: `.json`
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
