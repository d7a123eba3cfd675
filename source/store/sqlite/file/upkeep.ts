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

/** What a store holds of one log; `span` from its first request to its last. */
export type KeptLog = {
	readonly id: string;
	readonly name: string;
	readonly requests: number;
	readonly span: Span;
};

/** What there is to know of a store without reading its requests. */
export type StoreSummary = {
	readonly path: string;
	/** The sources that it was opened for, in words. */
	readonly sources: readonly string[];
	/** What tells it from others of the same sources; empty for the usual one. */
	readonly readAs: string;
	/** On the disk, with what is not in the file itself yet. */
	readonly bytes: number;
	readonly requests: number;
	readonly span: Span;
	readonly logs: readonly KeptLog[];
	/** Why it could not be read, one line; then all else but the size is empty. */
	readonly problem: string | undefined;
};

/** The stores of a folder, by path; none where there is no folder. */
export const listStores = (folder: string): readonly StoreSummary[] =>
	existsSync(folder)
		? readdirSync(folder)
				.filter(name => name.endsWith(storeEnding))
				.sort()
				.map(name => summaryOf(join(folder, name)))
		: [];

/**
 * What a store needs on the disk: its file, and what is not in it yet. The index of shared memory beside them is there
 * only while somebody has the store open, this process included.
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
 * Gives the disk back what is not needed any more. Nobody else may write meanwhile.
 * @returns bytes on the disk, before and after
 */
export const vacuum = (path: string): {readonly before: number; readonly after: number} => {
	const before = bytesOf(path);
	within(path, ({database}) => database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)'));
	return {before, after: bytesOf(path)};
};

/** Counts all that follows from the requests anew: what `checkStore` found wrong is right afterwards. */
export const rebuild = (path: string): void =>
	within(path, tables => tables.database.writing(() => countAnew(tables, new Writer(tables))));

/**
 * Takes all requests of a log out, and forgets how far it was read. A log that is still there is read again from its
 * beginning the next time that it is looked at.
 * @param id of the log
 * @returns whether there was such a log
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

/** Takes out all requests before a time, epoch milliseconds. */
export const forgetBefore = (path: string, time: number): void =>
	within(path, tables => tables.database.writing(() => forgetBeforeIn(tables, writerOf(tables), time)));

/**
 * Deletes a store, after all that was in it: a process that has it open would else write anew what it misses. Where it is
 * shipped elsewhere the file stays until it was told there what is gone.
 * @returns how many requests are still to be forgotten elsewhere
 */
export const forgetAll = (path: string): number => {
	const untold = within(path, ({database}) =>
		database.writing(() => {
			// Each that goes is noted with the name of its thread.
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

/** Of a store that another version of this program may have written last. */
const writerOf = (tables: Tables): Writer => {
	const writer = new Writer(tables);
	countOtherwise(tables, writer);
	return writer;
};

/** Makes a copy of a store as it is at this moment. @param to where nothing is yet */
export const copyStore = (path: string, to: string): void =>
	within(path, ({database}) => {
		// The copy is made readable by its owner alone before anything is in it.
		closeSync(openSync(to, 'wx', 0o600));
		database.run('VACUUM INTO ?', [to]);
		within(to, copy => dropOutbox(copy.database));
	});
