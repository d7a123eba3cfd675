import {closeSync, constants, fstatSync, openSync, readSync, statSync} from 'node:fs';

/** An open regular file. Device and inode are decimal strings, since they may exceed the range of a number. */
export type OpenFile = {
	readonly descriptor: number;
	/** Where it was when it was opened; it may have been renamed since. */
	readonly path: string;
	readonly device: string;
	readonly inode: string;
	/** Bytes when it was opened. */
	readonly size: number;
};

/** What names a file on this machine while it exists. Inodes are reused at once after a deletion. */
export const fileKey = (file: {readonly device: string; readonly inode: string}): string =>
	`${file.device}:${file.inode}`;

/**
 * Key of the regular file at a path, following symbolic links; undefined if there is none. Throws the system's error if
 * it is not accessible.
 */
export const keyAt = (path: string): string | undefined => {
	const stats = statSync(path, {bigint: true, throwIfNoEntry: false});
	return stats?.isFile() ? `${stats.dev}:${stats.ino}` : undefined;
};

/** Opens a regular file for reading. Throws the system's error. */
export const openFile = (path: string): OpenFile => {
	// Without this flag, opening a named pipe would wait for its writer.
	const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const stats = fstatSync(descriptor);
	if (!stats.isFile()) {
		closeSync(descriptor);
		throw Object.assign(new Error(`${path} is not a regular file`), {code: 'EINVAL'});
	}

	// Big numbers cost more than opening a file does, and few file systems need them.
	const isExact = Number.isSafeInteger(stats.dev) && Number.isSafeInteger(stats.ino);
	const {dev, ino} = isExact ? stats : fstatSync(descriptor, {bigint: true});
	return {descriptor, path, device: String(dev), inode: String(ino), size: stats.size};
};

/** Like `openFile`, but undefined if there is no file. */
export const openIfThere = (path: string): OpenFile | undefined => {
	try {
		return openFile(path);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		throw error;
	}
};

/** Bytes from an offset; fewer than asked for at the end of the file. */
export const readBytes = (file: OpenFile, offset: number, length: number): Buffer => {
	const buffer = Buffer.allocUnsafe(length);
	let filled = 0;
	while (filled < length) {
		const count = readSync(file.descriptor, buffer, filled, length - filled, offset + filled);
		if (count === 0) {
			break;
		}

		filled += count;
	}

	return buffer.subarray(0, filled);
};

/** Size in bytes, now. */
export const sizeOf = (file: OpenFile): number => fstatSync(file.descriptor).size;

/** Epoch milliseconds of the last write. */
export const modifiedAt = (file: OpenFile): number => fstatSync(file.descriptor).mtimeMs;

/** The file has no name any more: it was deleted or replaced, and lives only as long as it is open. */
export const isDeleted = (file: OpenFile): boolean => fstatSync(file.descriptor).nlink === 0;

/** Closes a file that `openFile` opened. */
export const closeFile = (file: OpenFile): void => closeSync(file.descriptor);

/** Opens a file for the duration of a call; undefined if it cannot be opened or read. */
export const withFile = async <T>(path: string, use: (file: OpenFile) => T | Promise<T>): Promise<T | undefined> => {
	try {
		const file = openFile(path);
		try {
			return await use(file);
		} finally {
			closeFile(file);
		}
	} catch {
		return undefined;
	}
};
