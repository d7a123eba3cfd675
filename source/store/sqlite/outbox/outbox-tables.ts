import type {Connection} from '../file/connection.js';
import type {Value} from '../file/value.js';

/**
 * What is still to be sent to a fleet. Triggers fill it within the store's own transactions, so whatever is stored will
 * be sent, even if a process is killed. Created when a store is first shipped and not part of its layout, so that other
 * stores do not pay for it.
 *
 * `outbox`: each changed request once, under its latest number. For one to be deleted from the fleet, `gone` is set
 * instead of `row`: time, name of the thread, id, and whether names of threads were hashed when it was sent.
 * `shipping`: see `Noted`.
 */
const definition = `
	CREATE TABLE outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER UNIQUE, gone TEXT);
	CREATE TABLE shipping (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
	CREATE TRIGGER outbox_added AFTER INSERT ON request BEGIN
		INSERT OR REPLACE INTO outbox (row) VALUES (new.row);
	END;
	CREATE TRIGGER outbox_changed AFTER UPDATE ON request
	WHEN (SELECT value FROM shipping WHERE name = 'expiring') IS NULL BEGIN
		INSERT OR REPLACE INTO outbox (row) VALUES (new.row);
	END;
	CREATE TRIGGER outbox_moved AFTER UPDATE ON request
	WHEN old.time <> new.time OR old.thread <> new.thread BEGIN
		INSERT INTO outbox (gone) VALUES (${goneOf('old')});
	END;
	CREATE TRIGGER outbox_removed AFTER DELETE ON request BEGIN
		DELETE FROM outbox WHERE row = old.row;
		INSERT INTO outbox (gone) SELECT ${goneOf('old')}
		WHERE (SELECT value FROM shipping WHERE name = 'expiring') IS NULL;
	END;
`;

/** SQL for what identifies a deleted request. @param row a row of `request` */
function goneOf(row: string): string {
	return `json_array(${row}.time, json((SELECT name FROM thread WHERE id = ${row}.thread)), ${row}.id,
		(SELECT value FROM shipping WHERE name = 'hashes'))`;
}

/** Names of threads as last sent are obsolete: requests with a thread are deleted in the fleet. */
export const forgetNamed = (database: Connection): void =>
	database.exec(`INSERT INTO outbox (gone) SELECT ${goneOf('request')} FROM request WHERE thread <> 0`);

/** True if a store records what has to be shipped. */
export const hasOutbox = (database: Connection): boolean =>
	database.row("SELECT 1 FROM sqlite_schema WHERE name = 'outbox'") !== undefined;

/** Starts to record changes. */
export const makeOutbox = (database: Connection): void => database.exec(definition);

/** For a copy of a store: the original sends what waits. */
export const dropOutbox = (database: Connection): void => {
	if (hasOutbox(database)) {
		database.exec(`
			DROP TRIGGER outbox_added; DROP TRIGGER outbox_changed; DROP TRIGGER outbox_moved; DROP TRIGGER outbox_removed;
			DROP TABLE outbox; DROP TABLE shipping;
		`);
	}
};

/**
 * `target`: where the store is shipped to, as text. `hashes`: 1 if names of threads are sent as hashes. `epoch`: when
 * the outbox was created, in epoch milliseconds. `backlog_at`, `backlog_to`: of the rows that existed when shipping
 * began, those after the first and up to the second are still to be sent, under `backlog_number`. `expiring`: set while
 * retention deletes, which is not sent. `sent`, `dropped`: number of requests that were sent, and that retention
 * deleted unsent. `sent_at`: epoch milliseconds.
 */
type Noted =
	| 'target'
	| 'hashes'
	| 'epoch'
	| 'backlog_at'
	| 'backlog_to'
	| 'backlog_number'
	| 'expiring'
	| 'sent'
	| 'sent_at'
	| 'dropped';

/** A value about shipping; null if there is none. */
export const noted = (database: Connection, name: Noted): Value =>
	database.row('SELECT value FROM shipping WHERE name = ?', [name])?.[0] ?? null;

/** @param value null to remove it */
export const setNoted = (database: Connection, name: Noted, value: Value): void =>
	value === null
		? database.run('DELETE FROM shipping WHERE name = ?', [name])
		: database.run('INSERT OR REPLACE INTO shipping VALUES (?, ?)', [name, value]);

/** SQL for the number of requests left of those that existed when shipping began. */
export const backlogRows = `row > coalesce((SELECT value FROM shipping WHERE name = 'backlog_at'), 0)
	AND row <= coalesce((SELECT value FROM shipping WHERE name = 'backlog_to'), 0)`;
