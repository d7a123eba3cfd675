import {closeSync, existsSync, openSync} from 'node:fs';
import type Database from 'libsql';
import {UserError} from '../errors.js';
import {lazy} from '../system/lazy.js';
import {sanitize} from '../text/sanitize.js';
import {monotonic} from '../time/monotonic.js';

const libsql = lazy<typeof Database>('libsql');

/** Milliseconds to wait for the lock. Holders need a few; a holder that needs longer hangs. */
const timeout = 10_000;
const step = 20;

const codeOf = (error: unknown): string => String((error as {code?: unknown} | undefined)?.code ?? '');

/**
 * Runs work under an exclusive lock between processes. The lock is SQLite's lock on an empty file: the system releases
 * it when its process ends in any way, so that a stale lock cannot exist.
 * @param path of the lock's file, created if missing
 * @throws UserError if the lock cannot be acquired
 */
export const locked = async <Result>(path: string, work: () => Promise<Result>): Promise<Result> => {
	const database = await lock(path);
	try {
		return await work();
	} finally {
		database.close();
	}
};

const lock = async (path: string): Promise<Database.Database> => {
	for (const start = monotonic(); ; ) {
		let database: Database.Database | undefined;
		try {
			// Create the file only if it is missing: closing a file drops all POSIX locks that the process has on it.
			if (!existsSync(path)) {
				closeSync(openSync(path, 'a', 0o600));
			}
			const Engine = libsql();
			database = new Engine(path, {timeout: 0});
			database.exec('BEGIN EXCLUSIVE');
			return database;
		} catch (error) {
			database?.close();
			if (!codeOf(error).startsWith('SQLITE_BUSY') || monotonic() - start > timeout) {
				throw new UserError(
					`Alerts are not sent: ${sanitize(path)} cannot be locked (${sanitize(codeOf(error)) || 'unknown reason'}).`,
					2,
				);
			}
			await new Promise(resolve => setTimeout(resolve, step));
		}
	}
};
