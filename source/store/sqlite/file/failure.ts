import {StoreError} from '../../store.js';

type Failure = {readonly code?: unknown; readonly rawCode?: unknown; readonly message?: unknown};

/** Remedies by error code of SQLite or the system; extended codes (`SQLITE_IOERR_WRITE`) start with the basic ones. */
const remedies: readonly (readonly [code: string, words: (path: string) => string])[] = [
	[
		'SQLITE_NOTADB',
		path => `${path} is not a hitrate store, or is damaged: delete it (only what the logs no longer hold is lost)`,
	],
	[
		'SQLITE_CORRUPT',
		path => `${path} is damaged: delete it (only what the logs no longer hold is lost), or run hitrate store check`,
	],
	['SQLITE_FULL', path => `no room left on the disk for ${path}`],
	['ENOSPC', path => `no room left on the disk for ${path}`],
	['SQLITE_BUSY', path => `${path} is being written by another process for too long`],
	['SQLITE_LOCKED', path => `${path} is being written by another process for too long`],
	['SQLITE_READONLY', path => `${path} cannot be written: permission denied`],
	['SQLITE_PERM', path => `${path} cannot be written: permission denied`],
	['EACCES', path => `${path} cannot be written: permission denied`],
	['EPERM', path => `${path} cannot be written: permission denied`],
	['EROFS', path => `${path} cannot be written: permission denied`],
	['SQLITE_CANTOPEN', path => `${path} cannot be opened: is its folder there, and may it be written?`],
	['EISDIR', path => `${path} is a folder: move it away`],
	['ENOENT', path => `${path} cannot be made: it is a link that leads nowhere, or its folder is gone`],
	['ENOTDIR', path => `${path} cannot be made: a part of its folder is a file`],
	['SQLITE_IOERR', path => `the disk failed while ${path} was read or written`],
];

/** An error of the engine, worded for the user. Other errors are bugs, and returned unchanged. */
export const storeErrorOf = (error: unknown, path: string): unknown => {
	const {code, message} = (error ?? {}) as Failure;
	const text = String(message);
	// Errors on opening have their code only in the message.
	const name = typeof code === 'string' ? code : text.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : '';
	const remedy = remedies.find(([known]) => name.startsWith(known));
	if (remedy) {
		return new StoreError(remedy[1](path), {cause: error, isBusy: /^SQLITE_(?:BUSY|LOCKED)/.test(name)});
	}
	return name.startsWith('SQLITE_') ? new StoreError(`${path}: ${text}`, {cause: error}) : error;
};
