import type {Connection} from '../file/connection.js';
import type {Tables} from '../tables/tables.js';
import {forgetBefore} from '../write/forget.js';
import type {Writer} from '../write/writer.js';
import {backlogRows, hasOutbox, noted, setNoted} from './outbox-tables.js';

const unsent = `FROM request WHERE (row IN (SELECT row FROM outbox) OR ${backlogRows})`;

/**
 * Deletes requests that are too old for retention; unlike a user's deletion, this is not sent to the fleet. Unsent
 * requests are kept until they are sent, for at most twice the retention, so that disk usage is bounded. To be run
 * within a transaction.
 * @param now epoch milliseconds @param retention milliseconds
 */
export const expire = (tables: Tables, writer: Writer, now: number, retention: number): void => {
	const {database} = tables;
	const usual = now - retention;
	if (!hasOutbox(database)) {
		forgetBefore(tables, writer, usual);
		return;
	}
	const time = Math.max(usual - retention, Math.min(usual, oldestUnsent(database)));
	const lost = database.row(`SELECT count(*) ${unsent} AND time < ?`, [time])?.[0] as number;
	if (lost > 0) {
		setNoted(database, 'dropped', ((noted(database, 'dropped') as number | null) ?? 0) + lost);
	}
	setNoted(database, 'expiring', 1);
	forgetBefore(tables, writer, time);
	setNoted(database, 'expiring', null);
};

const oldestUnsent = (database: Connection): number =>
	(database.row(`SELECT min(time) ${unsent}`)?.[0] as number | null) ?? Number.POSITIVE_INFINITY;
