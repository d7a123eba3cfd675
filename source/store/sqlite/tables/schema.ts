import type {Connection} from '../file/connection.js';
import {factDefinition} from './facts-row.js';
import {requestDefinition} from './request-row.js';

/** Changes the tables from one version to the next, within a transaction. */
export type Migration = (database: Connection) => void;

/** In the header of the file: says that it is a store of hitrate ("hitr"). */
export const applicationId = 0x68697472;

/** How many layouts there were before the first release: files of these are set aside, not migrated. */
export const unreleasedLayouts = 11;

/**
 * What leads from each version of the tables to the next; an empty file is version 0. Never change one that was
 * released: add another.
 *
 * `log`: where the reading of each log goes on, and at a glance what to tell of it until then; without a name where that
 * is its path, and without a cursor where it is read again from its start. `lane`: what requests have
 * in common that can be added up, as JSON, and how many requests are in it. `thread`: names, as JSON strings: they may
 * hold any character; `part_of` is the thread that a session under another name continues, and no request refers to such
 * a one.
 * `request`: `row` is the order of arrival, `key` a piece of the id's hash, `thread` 0 stands for none; what it tells
 * itself and what its thread tells about it is in `requestColumns` and `factColumns`, its indices in `Indices`.
 * `checkpoint`: how far a thread had come behind all its requests until a time, so that one more is counted without those
 * before it; of threads that are expected to go on, and of long ones.
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
