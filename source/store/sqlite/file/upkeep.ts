import {closeSync, existsSync, openSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Span} from '../../../metrics/windows/window.js';
import {untimed} from '../../../request.js';
import {storeEnding} from '../../scope.js';
import {StoreError} from '../../store.js';
import {dropOutbox, hasOutbox} from '../outbox/outbox-tables.js';
import {note} from '../tables/meta.js';
import {logRollup} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {countAnew, countOtherwise} from '../write/counting.js';
import {forgetBefore as forgetBeforeIn, forgetLog as forgetLogIn} from '../write/forget.js';
import {day} from '../write/levels.js';
import {Writer} from '../write/writer.js';
import type {Connection} from './connection.js';
import {within} from './existing.js';
import {companions, removeStore} from './remove.js';

/** What a store holds of one log; `span` is from its first request to its last. */
export type KeptLog = {
	readonly id: string;
	readonly name: string;
	readonly requests: number;
	readonly span: Span;
};

/** What can be said about a store without reading its requests. */
export type StoreSummary = {
	readonly path: string;
	/** The sources that it was opened for, for people. */
	readonly sources: readonly string[];
	/** What distinguishes it from others of the same sources; empty for the default. */
	readonly readAs: string;
	/** Size on disk, with SQLite's companions. */
	readonly bytes: number;
	readonly requests: number;
	readonly span: Span;
	readonly logs: readonly KeptLog[];
	/** Why it could not be read, in one line; everything else but the size is then empty. */
	readonly problem: string | undefined;
};

/** The stores of a folder, by path; empty if the folder does not exist. */
export const listStores = (folder: string): readonly StoreSummary[] =>
	existsSync(folder)
		? readdirSync(folder)
				.filter(name => name.endsWith(storeEnding))
				.sort()
				.map(name => summaryOf(join(folder, name)))
		: [];

/**
 * Size of a store on disk: its file and its write-ahead log. The shared-memory index is left out, because it exists
 * only
 * while a process, such as this one, has the store open.
 */
const bytesOf = (path: string): number =>
	companions
		.filter(ending => ending !== '-shm')
		.reduce((sum, ending) => sum + (statSync(path + ending, {throwIfNoEntry: false})?.size ?? 0), 0);

const summaryOf = (path: string): StoreSummary => {
	const bytes = bytesOf(path);
	try {
		return within(path, ({database}) => {
			const logs = logsOf(database);
			const times = logs.flatMap(({span}) => (span ? [span.first, span.last] : []));
			return {
				path,
				sources: JSON.parse(note(database, 'sources') ?? '[]') as readonly string[],
				readAs: note(database, 'read-as') ?? '',
				bytes,
				requests: logs.reduce((sum, {requests}) => sum + requests, 0),
				span: times.length === 0 ? undefined : {first: Math.min(...times), last: Math.max(...times)},
				logs,
				problem: undefined,
			};
		});
	} catch (error) {
		if (error instanceof StoreError) {
			return {path, sources: [], readAs: '', bytes, requests: 0, span: undefined, logs: [], problem: error.message};
		}
		throw error;
	}
};

const logsOf = (database: Connection): readonly KeptLog[] =>
	database
		.rows(
			`SELECT path, coalesce(name, path), coalesce(sum(requests), 0),
				min(first) FILTER (WHERE first > ?2), max(last) FILTER (WHERE last > ?2)
			FROM log LEFT JOIN ${logRollup.table} ON log = log.id AND width = ?1 GROUP BY log.id ORDER BY path`,
			[day, untimed],
		)
		.map(([id, name, requests, first, last]) => ({
			id: String(id),
			name: String(name),
			requests: Number(requests),
			span: typeof first === 'number' && typeof last === 'number' ? {first, last} : undefined,
		}));

/**
 * Returns unused space to the disk. Nobody else may write meanwhile.
 * @returns bytes on the disk, before and after
 */
export const vacuum = (path: string): {readonly before: number; readonly after: number} => {
	const before = bytesOf(path);
	within(path, ({database}) => database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)'));
	return {before, after: bytesOf(path)};
};

/** Recomputes everything derived from the requests, which repairs what `checkStore` finds. */
export const rebuild = (path: string): void =>
	within(path, tables => tables.database.writing(() => countAnew(tables, new Writer(tables))));

/**
 * Deletes all requests of a log and how far it was read. A log that still exists is read from its beginning the next
 * time
 * that it is ingested.
 * @returns false if there is no log with this id
 */
export const forgetLog = (path: string, id: string): boolean =>
	within(path, tables =>
		tables.database.writing(() => {
			const [name] = tables.database.row('SELECT coalesce(name, path) FROM log WHERE path = ?', [id]) ?? [];
			if (typeof name === 'string') {
				forgetLogIn(tables, writerOf(tables), {id, name});
			}
			return typeof name === 'string';
		}),
	);

/** Deletes all requests before a time, in epoch milliseconds. */
export const forgetBefore = (path: string, time: number): void =>
	within(path, tables => tables.database.writing(() => forgetBeforeIn(tables, writerOf(tables), time)));

/**
 * Deletes a store after its contents, because a process that has it open would otherwise write it again. If the store
 * is
 * shipped to a fleet, the file stays until the deletions have been shipped.
 * @returns the number of requests whose deletion has yet to be shipped
 */
export const forgetAll = (path: string): number => {
	const untold = within(path, ({database}) =>
		database.writing(() => {
			// The deletion of each request is recorded with the name of its thread.
			database.exec('DELETE FROM request');
			const tables = database.rows(
				"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('meta', 'outbox', 'shipping') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
			);
			database.exec(tables.map(([name]) => `DELETE FROM ${name};`).join('\n'));
			return hasOutbox(database) ? (database.row('SELECT count(*) FROM outbox')?.[0] as number) : 0;
		}),
	);
	if (untold === 0) {
		removeStore(path);
	}
	return untold;
};

/** For a store that another version of this program may have written last. */
const writerOf = (tables: Tables): Writer => {
	const writer = new Writer(tables);
	countOtherwise(tables, writer);
	return writer;
};

/** Copies a store as it is at this moment. @param to path where no file exists yet */
export const copyStore = (path: string, to: string): void =>
	within(path, ({database}) => {
		// The copy is created readable by its owner only before anything is written to it.
		closeSync(openSync(to, 'wx', 0o600));
		database.run('VACUUM INTO ?', [to]);
		within(to, copy => dropOutbox(copy.database));
	});
