import {createHash} from 'node:crypto';
import type {OutboxEntry} from '../../store/sqlite/outbox/outbox.js';
import {type Row, tombstone, toRow} from '../table/to-row.js';
import {versionOf} from '../table/version.js';

/** Who ships, and how. */
export type Sender = {
	/** The name of this machine in the fleet. */
	readonly shipper: string;
	/** True if names of threads are sent as hashes. */
	readonly hashThreads: boolean;
};

/** The same on every host, so that a thread keeps its identity. 96 bits make collisions of threads negligible. */
const hashed = (name: string): string => `thread-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;

/**
 * An entry of the outbox as a row.
 * @param epoch of the outbox, in epoch milliseconds
 */
export const rowOf = (entry: OutboxEntry, epoch: number, {shipper, hashThreads}: Sender): Row => {
	const ver = versionOf(epoch, entry.number);
	if ('gone' in entry) {
		const {gone} = entry;
		const thread = gone.thread !== undefined && gone.hashed ? hashed(gone.thread) : gone.thread;
		return tombstone({...gone, thread}, {shipper, ver});
	}
	const {kept, price} = entry;
	const {request, facts} = kept;
	const {thread, source} = request;
	const shown =
		hashThreads && thread !== undefined
			? // Transcripts are called like the conversation that they hold.
				{...request, thread: hashed(thread), source: thread === '' ? source : source.replaceAll(thread, hashed(thread))}
			: request;
	return toRow({request: shown, facts}, {shipper, ver, place: kept.row, price});
};
