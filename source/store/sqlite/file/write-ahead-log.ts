import type {Row} from './value.js';

/** Milliseconds between two attempts. */
const pause = 20;

/** What is needed of a connection. */
type Engine = {
	exec(sql: string): void;
	row(sql: string): Row | undefined;
};

/**
 * Has a connection write to a log first, so that others can read meanwhile. Retries by itself, because SQLite does not
 * wait when two processes open a new file at once.
 * @param wait milliseconds that the connection waits for other writers; this takes a fifth of them at most
 */
export const setWriteAheadLog = (database: Engine, wait: number): void => {
	for (let left = wait / 5; ; left -= pause) {
		try {
			if (database.row('PRAGMA journal_mode')?.[0] !== 'wal') {
				database.exec('PRAGMA journal_mode = WAL');
			}
			return;
		} catch (error) {
			const {code} = ((error as Error).cause ?? {}) as {code?: string};
			if (left <= 0 || !code?.startsWith('SQLITE_BUSY')) {
				throw error;
			}
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
		}
	}
};
