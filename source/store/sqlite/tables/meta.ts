import type {Connection} from '../file/connection.js';

/**
 * Notes about a store as a whole: its sources for people, how they are read, how it was computed, the origin of its
 * prices.
 */
type Note = 'sources' | 'read-as' | 'counted' | 'prices' | 'clients';

/** A note; undefined if there is none. */
export const note = (database: Connection, name: Note): string | undefined =>
	database.row('SELECT value FROM meta WHERE name = ?', [name])?.[0] as string | undefined;

/** Sets or replaces a note. */
export const setNote = (database: Connection, name: Note, value: string): void =>
	database.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', [name, value]);
