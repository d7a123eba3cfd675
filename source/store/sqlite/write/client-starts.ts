import type {ClientStarts} from '../../../metrics/marks.js';
import {clientsIn, withClients} from '../../client-starts.js';
import type {Batch} from '../../store.js';
import type {Connection} from '../file/connection.js';
import {note, setNote} from '../tables/meta.js';

/** When each client was first seen, even if its requests have been deleted since. */
export const clientStarts = (database: Connection): ClientStarts =>
	new Map(JSON.parse(note(database, 'clients') ?? '[]') as readonly (readonly [string, number])[]);

/** Adds the clients of a batch. */
export const noteClients = (database: Connection, batch: Batch): void => {
	const told = clientsIn(batch);
	if (told.size === 0) {
		return;
	}
	const known = clientStarts(database);
	const starts = withClients(known, told);
	if (starts !== known) {
		setNote(database, 'clients', JSON.stringify([...starts]));
	}
};
