import {dirname} from 'node:path';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {makeStoreFolder} from '../../locate.js';
import {Reader} from '../read/reader.js';
import type {Tables} from '../tables/tables.js';
import {Writer} from '../write/writer.js';
import {FileIdentity, handOver, writeAnew} from './identity.js';

type Opened = {
	readonly tables: Tables;
	readonly writer: Writer;
	readonly reader: Reader;
	readonly identity: FileIdentity;
};

/** The open file of a store, with its readers and writers. Other processes may write to it, move it or replace it. */
export class StoreFile {
	readonly #open: () => Tables;
	readonly #prices: PriceList;
	#opened: Opened;
	/** SQLite's counter of other connections' writes, when caches were last valid. */
	#dataVersion: number;

	/** @param open opens and upgrades the file; called again if another file replaces it */
	constructor(open: () => Tables, prices: PriceList) {
		this.#open = open;
		this.#prices = prices;
		this.#opened = this.#around(open());
		this.#dataVersion = this.tables.database.dataVersion;
	}

	get tables(): Tables {
		return this.#opened.tables;
	}

	get writer(): Writer {
		return this.#opened.writer;
	}

	get reader(): Reader {
		return this.#opened.reader;
	}

	/** True if another process has written since the last call; caches are dropped then. */
	wasChanged(): boolean {
		const {dataVersion} = this.tables.database;
		if (dataVersion === this.#dataVersion) {
			return false;
		}
		this.#dataVersion = dataVersion;
		this.forget();
		return true;
	}

	/** Drops all caches of tables. */
	forget(): void {
		const {logs, lanes, threads, requests, indices} = this.tables;
		logs.drop();
		lanes.drop();
		threads.drop();
		requests.drop();
		indices.drop();
		this.writer.drop();
	}

	/**
	 * Opens the file at the path again if it was deleted, moved or replaced.
	 * @returns what happened, for the user; undefined if nothing did
	 * @throws StoreError if the file cannot be written
	 */
	heal(): string | undefined {
		const {tables: before, identity} = this.#opened;
		const {state, path} = identity;
		if (state === 'there') {
			return undefined;
		}
		identity.clearBesides();
		if (state === 'gone') {
			makeStoreFolder(dirname(path));
			writeAnew(before);
		}
		const next = this.#around(this.#open());
		if (state === 'replaced') {
			handOver(before, next.tables, next.writer, this.#prices);
		}
		before.database.close();
		this.#opened = next;
		this.#dataVersion = next.tables.database.dataVersion;
		return state === 'gone'
			? `${path} was deleted or moved while it was in use, and was written anew`
			: `${path} was replaced while it was in use; what was kept before was added to the new one`;
	}

	close(): void {
		this.tables.database.close();
	}

	#around(tables: Tables): Opened {
		return {
			tables,
			writer: new Writer(tables),
			reader: new Reader(tables, this.#prices),
			identity: new FileIdentity(tables.database.path),
		};
	}
}
