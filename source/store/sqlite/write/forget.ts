import {existsSync} from 'node:fs';
import {isAbsolute} from 'node:path';
import type {Log} from '../../../log.js';
import {untimed} from '../../../request.js';
import type {Tables} from '../tables/tables.js';
import type {Writer} from './writer.js';

/**
 * Deletes all requests before a time in epoch milliseconds, but not those without a time. To be run within a
 * transaction.
 */
export const forgetBefore = (tables: Tables, writer: Writer, time: number): void => {
	if (writer.removeBetween({from: untimed + 1, to: time}) > 0) {
		forgetUnused(tables);
		forgetGone(tables);
	}
};

/**
 * Deletes all requests of a log, and its position. Other logs may have copies, which were counted once; they are read
 * again from the start. To be run within a transaction.
 */
export const forgetLog = (tables: Tables, writer: Writer, log: Log): void => {
	const {database, logs} = tables;
	const id = logs.idOf(log);
	writer.clear(log);
	database.run('DELETE FROM log WHERE id = ?', [id]);
	database.exec('UPDATE log SET cursor = NULL, glance = NULL');
	logs.drop();
	forgetUnused(tables);
};

/** Deletes what no request refers to any more. */
const forgetUnused = ({database, lanes, threads}: Tables): void => {
	database.exec(`
		DELETE FROM lane WHERE requests = 0;
		DELETE FROM thread WHERE NOT EXISTS (SELECT 1 FROM request WHERE thread = coalesce(part_of, thread.id));
		DELETE FROM checkpoint WHERE NOT EXISTS (SELECT 1 FROM thread WHERE id = thread);
	`);
	lanes.drop();
	threads.drop();
};

/** Deletes logs without requests whose files no longer exist: their positions are useless. */
const forgetGone = ({database, logs}: Tables): void => {
	const idle = database.rows('SELECT id, path FROM log WHERE NOT EXISTS (SELECT 1 FROM log_sum WHERE log = log.id)');
	for (const [id, path] of idle) {
		if (isAbsolute(path as string) && !existsSync(path as string)) {
			database.run('DELETE FROM log WHERE id = ?', [id as number]);
		}
	}
	logs.drop();
};
