import {closeSync, existsSync, openSync} from 'node:fs';
import type Database from 'libsql';
import {UserError} from '../errors.js';
import {lazy} from '../system/lazy.js';
import {sanitize} from '../text/sanitize.js';

const libsql = lazy<typeof Database>('libsql');

/** Milliseconds to wait for the lock. What is done under it takes a few: if it takes longer, its holder hangs. */
const timeout = 10_000;
const step = 20;

const codeOf = (error: unknown): string => String((error as {code?: unknown} | undefined)?.code ?? '');

/**
 * Runs work while no other process runs any under the same lock. The lock is the system's, on an empty SQLite file: it
 * ends with its process, however that ends, so that none is ever left behind.
 * @param path of the lock's own file, made where it is missing
 * @throws UserError where the lock cannot be had
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
	for (const start = Date.now(); ; ) {
		let database: Database.Database | undefined;
		try {
			// Only where it is missing: a process that closes a file gives up all locks that it has on it.
			if (!existsSync(path)) {
				closeSync(openSync(path, 'a', 0o600));
			}
			const Engine = libsql();
			database = new Engine(path, {timeout: 0});
			database.exec('BEGIN EXCLUSIVE');
			return database;
		} catch (error) {
			database?.close();
			if (!codeOf(error).startsWith('SQLITE_BUSY') || Date.now() - start > timeout) {
				throw new UserError(
					`Alerts are not sent: ${sanitize(path)} cannot be locked (${sanitize(codeOf(error)) || 'unknown reason'}).`,
					2,
				);
			}
			await new Promise(resolve => setTimeout(resolve, step));
		}
	}
};
