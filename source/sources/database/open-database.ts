import {copyFileSync, existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type Database from 'libsql';
import {lazy} from '../../system/lazy.js';

const load = lazy<typeof Database>('libsql');

/** A database that is open for reading, and what ends it. */
type OpenDatabase = {readonly database: Database.Database; readonly close: () => void};

/** Milliseconds that a writer is waited for. */
const busyTimeout = 500;

const sizeAt = (path: string): number => statSync(path, {throwIfNoEntry: false})?.size ?? 0;

const open = (path: string, mode: string): Database.Database =>
	// The option `readonly` of the package is not heeded; SQLite's own is.
	new (load())(`${pathToFileURL(path).href}?${mode}`, {timeout: busyTimeout});

/**
 * Opens another program's SQLite file so that nothing of it is changed: it is neither locked nor checkpointed, and no
 * file is made beside it. Without a write-ahead log the file is read as it stands. With one whose index is there, its
 * writer runs or has crashed: the log is read through that. With one without index (a backup, a program that ended)
 * SQLite would have to make it, so a copy is read. Throws what SQLite and the system say.
 */
export const openDatabase = (path: string): OpenDatabase => {
	const log = `${path}-wal`;
	if (sizeAt(log) === 0) {
		const database = open(path, 'immutable=1');
		return {database, close: () => database.close()};
	}
	if (existsSync(`${path}-shm`)) {
		const database = open(path, 'mode=ro');
		return {database, close: () => database.close()};
	}
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-'));
	const remove = () => rmSync(folder, {recursive: true, force: true});
	try {
		const copy = join(folder, basename(path));
		copyFileSync(path, copy);
		copyFileSync(log, `${copy}-wal`);
		const database = open(copy, 'mode=ro');
		return {
			database,
			close: () => {
				database.close();
				remove();
			},
		};
	} catch (error) {
		remove();
		throw error;
	}
};
