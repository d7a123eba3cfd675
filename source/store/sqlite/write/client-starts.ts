import type {ClientStarts} from '../../../metrics/marks.js';
import {untimed} from '../../../request.js';
import type {Batch} from '../../store.js';
import type {Connection} from '../file/connection.js';
import {note, setNote} from '../tables/meta.js';

/** Versions follow each other in weeks; a log that names a new client a line must not fill the note. */
const mostClients = 500;

/** When each client was first seen. One whose requests were forgotten since stays: it had been seen. */
export const clientStarts = (database: Connection): ClientStarts =>
	new Map(JSON.parse(note(database, 'clients') ?? '[]') as readonly (readonly [string, number])[]);

/** Takes in the clients of a batch. */
export const noteClients = (database: Connection, {changes}: Batch): void => {
	const told = new Map<string, number>();
	for (const change of changes) {
		const {client = undefined, time = 0} = change.kind === 'put' ? change.request : {};
		if (client !== undefined && time !== untimed && time < (told.get(client) ?? Number.POSITIVE_INFINITY)) {
			told.set(client, time);
		}
	}
	if (told.size === 0) {
		return;
	}
	const starts = new Map(clientStarts(database));
	let isChanged = false;
	for (const [client, time] of told) {
		const before = starts.get(client);
		if (before === undefined ? starts.size < mostClients : time < before) {
			starts.set(client, time);
			isChanged = true;
		}
	}
	if (isChanged) {
		setNote(database, 'clients', JSON.stringify([...starts]));
	}
};
