import type {Connection} from '../file/connection.js';

/** What is noted about the store as a whole: the sources in words, how they are read, how it was counted, what its prices are from. */
type Note = 'sources' | 'read-as' | 'counted' | 'prices' | 'clients';

/** What is noted under a name; undefined where nothing is. */
export const note = (database: Connection, name: Note): string | undefined =>
	database.row('SELECT value FROM meta WHERE name = ?', [name])?.[0] as string | undefined;

/** Notes something, in the place of what was noted under the name. */
export const setNote = (database: Connection, name: Note, value: string): void =>
	database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', [name, value]);
