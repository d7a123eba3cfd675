import type {ClientStarts} from '../metrics/marks.js';
import {untimed} from '../request.js';
import type {Batch} from './store.js';

/** Maximum number of clients. Versions are released every few weeks, but a log may name a new client in each line. */
const mostClients = 500;

/** When each client of a batch was first seen, including requests that other copies replace. */
export const clientsIn = ({changes}: Batch): ClientStarts => {
	const told = new Map<string, number>();
	for (const change of changes) {
		const {client = undefined, time = untimed, firstLine = time} = change.kind === 'put' ? change.request : {};
		const seen = Math.min(time, firstLine);
		if (client !== undefined && seen !== untimed && seen < (told.get(client) ?? Number.POSITIVE_INFINITY)) {
			told.set(client, seen);
		}
	}
	return told;
};

/** Combines known clients with those of a batch; returns the same map if nothing is new. */
export const withClients = (known: ClientStarts, told: ClientStarts): ClientStarts => {
	const starts = new Map(known);
	let isChanged = false;
	for (const [client, time] of told) {
		const before = starts.get(client);
		if (before === undefined ? starts.size < mostClients : time < before) {
			starts.set(client, time);
			isChanged = true;
		}
	}
	return isChanged ? starts : known;
};
