import {existsSync} from 'node:fs';
import {basename} from 'node:path';
import {storeEnding} from '../../store/scope.js';
import {Connection} from '../../store/sqlite/file/connection.js';
import {FileIdentity} from '../../store/sqlite/file/identity.js';
import {Outbox} from '../../store/sqlite/outbox/outbox.js';
import {tablesOf} from '../../store/sqlite/tables/tables.js';
import {StoreError} from '../../store/store.js';
import type {Sender} from './sender.js';

/** The outbox of a store's file, over a connection of its own: whoever reads and writes the store is not held up. */
export type OutboxFile = {
	readonly outbox: Outbox;
	/** Tells this store from others of the machine. */
	readonly store: string;
	/** Whether the file that was opened is still the one at its path. */
	readonly isThere: boolean;
	close(): void;
};

/**
 * Opens the outbox of a store, which is made where it has none.
 * @param to the address that it is shipped to, as it is kept
 * @throws StoreError also where there is no store
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
