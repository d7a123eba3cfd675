import type {Connection} from '../file/connection.js';
import {factDefinition} from './facts-row.js';
import {requestDefinition} from './request-row.js';

/** Migrates the tables from one version to the next, within a transaction. */
export type Migration = (database: Connection) => void;

/** Identifies a store of hitrate in the header of the file ("hitr"). */
export const applicationId = 0x68697472;

/** Number of layouts before the first release: files with one of these are set aside, not migrated. */
export const unreleasedLayouts = 11;

/**
 * The steps from each version of the tables to the next; an empty file is version 0. Never change a step that was
 * released: add another.
 *
 * `log`: the position of each log, and in `glance` its summary until it changes; the name is NULL if it is the path,
 * the cursor NULL if the log has to be read from its start. `lane`: what requests that can be added up have in common,
 * as JSON, and their number. `thread`: names as JSON strings, since they may contain any character; `part_of` is the
 * thread that a session with another name continues; no request refers to such a part.
 * `request`: `row` is the order of arrival, `key` a part of the id's hash, `thread` 0 means none; see `requestColumns`
 * and `factColumns` for the others, and `Indices` for its indices.
 * `checkpoint`: the state of a thread after all its requests up to a time, for counting another request without those
 * before it. Threads have one if they are long or expected to continue.
 */
export const migrations: readonly Migration[] = [
	database =>
		database.exec(`
			CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
			CREATE TABLE log (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT, cursor TEXT, glance TEXT);
			CREATE TABLE lane (
				id INTEGER PRIMARY KEY,
				what TEXT NOT NULL UNIQUE,
				requests INTEGER NOT NULL DEFAULT 0
			);
			CREATE TABLE thread (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT, part_of INTEGER);
			CREATE TABLE request (
				row INTEGER PRIMARY KEY,
				key INTEGER NOT NULL,
				time INTEGER NOT NULL,
				thread INTEGER NOT NULL,
				lane INTEGER NOT NULL,
				log INTEGER NOT NULL,
				${requestDefinition},
				${factDefinition}
			);
			CREATE TABLE checkpoint (
				thread INTEGER PRIMARY KEY,
				time INTEGER NOT NULL,
				state TEXT NOT NULL
			);
		`),
];
