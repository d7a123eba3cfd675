import {existsSync} from 'node:fs';
import {basename} from 'node:path';
import {storeEnding} from '../../store/scope.js';
import {Connection} from '../../store/sqlite/file/connection.js';
import {FileIdentity} from '../../store/sqlite/file/identity.js';
import {Outbox} from '../../store/sqlite/outbox/outbox.js';
import {tablesOf} from '../../store/sqlite/tables/tables.js';
import {StoreError} from '../../store/store.js';
import type {Sender} from './sender.js';

/**
 * The outbox of a store's file, with a connection of its own so that it does not block readers and writers of the
 * store.
 */
export type OutboxFile = {
	readonly outbox: Outbox;
	/** Identifies the store among those of the machine. */
	readonly store: string;
	/** False once another file has replaced the one that was opened. */
	readonly isThere: boolean;
	close(): void;
};

/**
 * Opens the outbox of a store and creates it if necessary.
 * @param to the address that the store is shipped to, which is saved
 * @throws StoreError, also if there is no store
 */
export const openOutbox = (path: string, to: string, {shipper, hashThreads}: Sender, now: number): OutboxFile => {
	const file = new FileIdentity(path);
	if (!existsSync(path)) {
		throw new StoreError(`${path} is not there`);
	}
	const database = new Connection(path);
	try {
		const target = {name: JSON.stringify([to, shipper]), hashes: hashThreads};
		return {
			outbox: new Outbox(tablesOf(database), target, now),
			store: basename(path, storeEnding),
			get isThere() {
				return file.state === 'there';
			},
			close: () => database.close(),
		};
	} catch (error) {
		database.close();
		throw error;
	}
};
