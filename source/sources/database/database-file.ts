import {readFileSync, statSync} from 'node:fs';
import {whyUnreadable} from '../../system/why-unreadable.js';

/** The state of a database's file and its write-ahead log. */
type FileStamp = {
	/** Device and inode. */
	readonly file: string;
	/** A text that changes with every write. */
	readonly stamp: string;
	/** Bytes, including those of the write-ahead log. */
	readonly size: number;
};

/** The current state of a database's file; undefined if it does not exist. */
export const stampOf = (path: string): FileStamp | undefined => {
	const stats = statSync(path, {throwIfNoEntry: false});
	const log = statSync(`${path}-wal`, {throwIfNoEntry: false});
	return (
		stats && {
			file: `${stats.dev}:${stats.ino}`,
			stamp: [stats.ino, stats.size, stats.mtimeMs, log?.size, log?.mtimeMs].join(' '),
			size: stats.size + (log?.size ?? 0),
		}
	);
};

/** True if there is a rollback journal: a transaction is in progress, or its writer has crashed. */
export const isJournalled = (path: string): boolean => {
	try {
		// The first bytes of a journal are zeroed at the end of its transaction.
		return readFileSync(`${path}-journal`)
			.subarray(0, 8)
			.some(byte => byte !== 0);
	} catch {
		return false;
	}
};

/** Why a database could not be read, as a phrase that follows its name. @param error of SQLite or the system */
export const whyUnreadableDatabase = (error: unknown): string => {
	const {code, message} = error as NodeJS.ErrnoException;
	if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT')) {
		return `is damaged or no SQLite database (${message})`;
	}
	if (code?.startsWith('SQLITE_BUSY') || code?.startsWith('SQLITE_LOCKED')) {
		return 'is locked by the program that writes it, and tried again when it changes';
	}
	return /ConnectionFailed/.test(message) ? 'cannot be read: permission denied' : whyUnreadable(error);
};
