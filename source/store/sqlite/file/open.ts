import {lstatSync} from 'node:fs';
import {dirname} from 'node:path';
import type {PriceList} from '../../../metrics/money/pricing.js';
import {makeStoreFolder} from '../../locate.js';
import {SqliteStore} from '../sqlite-store.js';
import {note, setNote} from '../tables/meta.js';
import {migrations} from '../tables/schema.js';
import {type Tables, tablesOf} from '../tables/tables.js';
import {countOtherwise, isCounted} from '../write/counting.js';
import {priceAnew} from '../write/pricing-anew.js';
import {Writer} from '../write/writer.js';
import {Connection} from './connection.js';
import {migrate, OldLayoutError} from './migrate.js';
import {removeStore, setAside} from './remove.js';

/** Options for opening a store. */
export type StoreOptions = {
	/** Path of the file; its folder is created if missing. */
	readonly path: string;
	/** The sources, for people. */
	readonly sources: readonly string[];
	/** What distinguishes it from others with the same sources, for people; empty for the default. */
	readonly readAs?: string;
	readonly prices: PriceList;
	/**
	 * Identifies the prices: the user's own, and the version of the published ones. If it has changed, all requests are
	 * repriced.
	 */
	readonly pricesFrom: string;
	/** Milliseconds to wait for another process that writes. */
	readonly wait?: number | undefined;
	/** True deletes the file on closing if it was created by this call and has no requests. */
	readonly discardsEmpty?: boolean;
	/** Milliseconds after which requests are deleted, continuously while it is open; undefined keeps all. */
	readonly retention?: number | undefined;
	/** Called with one line if an old file was set aside. */
	readonly onSetAside?: (line: string) => void;
};

/** Opens a store on disk and upgrades it. Throws a `StoreError` if that fails. */
export const openSqliteStore = (options: StoreOptions): SqliteStore => {
	const {path, prices, pricesFrom, discardsEmpty = false, retention} = options;
	const isNew = discardsEmpty && !isThere(path);
	return new SqliteStore({
		open: () => openTables(options),
		prices,
		pricesFrom,
		retention,
		discard: isNew ? () => removeStore(path) : undefined,
	});
};

/** True even for a dangling link. */
const isThere = (path: string): boolean => {
	try {
		lstatSync(path);
		return true;
	} catch {
		return false;
	}
};

const openTables = (options: StoreOptions): Tables => {
	makeStoreFolder(dirname(options.path));
	try {
		return openCurrent(options);
	} catch (error) {
		if (!(error instanceof OldLayoutError)) {
			throw error;
		}
		const aside = setAside(options.path);
		options.onSetAside?.(`the store had an old layout: it is rebuilt from the logs; the old one is kept at ${aside}`);
		return openCurrent(options);
	}
};

const openCurrent = ({path, sources, readAs = '', prices, pricesFrom, wait}: StoreOptions): Tables => {
	const database = new Connection(path, wait);
	try {
		migrate(database, migrations);
		const tables = tablesOf(database);
		tables.indices.complete();
		const isCurrent = () =>
			isCounted(tables) &&
			note(database, 'prices') === pricesFrom &&
			note(database, 'sources') === JSON.stringify(sources) &&
			(note(database, 'read-as') ?? '') === readAs;
		if (!isCurrent()) {
			database.writing(() => {
				const writer = new Writer(tables);
				countOtherwise(tables, writer);
				if (note(database, 'prices') !== pricesFrom) {
					priceAnew(tables, writer, prices);
				}
				setNote(database, 'prices', pricesFrom);
				setNote(database, 'sources', JSON.stringify(sources));
				setNote(database, 'read-as', readAs);
			});
		}
		return tables;
	} catch (error) {
		database.close();
		throw error;
	}
};
