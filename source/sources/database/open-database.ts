import {copyFileSync, existsSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type Database from 'libsql';
import {lazy} from '../../system/lazy.js';

const load = lazy<typeof Database>('libsql');

/** A database opened for reading, and the function that closes it. */
type OpenDatabase = {readonly database: Database.Database; readonly close: () => void};

/** Milliseconds to wait for a writer. */
const busyTimeout = 500;

const sizeAt = (path: string): number => statSync(path, {throwIfNoEntry: false})?.size ?? 0;

const open = (path: string, mode: string): Database.Database =>
	// The package ignores its own option `readonly`, so SQLite's is used.
	new (load())(`${pathToFileURL(path).href}?${mode}`, {timeout: busyTimeout});

/**
 * Opens another program's SQLite file without changing anything: it is neither locked nor checkpointed, and no files
 * are created next to it. Without a write-ahead log, the file is read as is. With a log that has an index, the writer
 * runs or has crashed, and the log is read through that index. With a log without an index (a backup, or a program that
 * has ended), SQLite would create one, so a copy is read. Throws the errors of SQLite and the system.
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
