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

/** Which store is opened, and how its requests are priced. */
export type StoreOptions = {
	/** The file; its folder is made where it is missing. */
	readonly path: string;
	/** What is kept there, for people. */
	readonly sources: readonly string[];
	/** What tells it from others of the same sources, for people; empty for the usual one. */
	readonly readAs?: string;
	readonly prices: PriceList;
	/**
	 * Tells these prices from others: what the user set, and the version of the published ones. When it is another than
	 * last time, all requests are looked at whether their prices are others now.
	 */
	readonly pricesFrom: string;
	/** How long to wait for another process that writes, milliseconds. */
	readonly wait?: number | undefined;
	/** A file that was made by this and holds no requests when it is closed is removed. */
	readonly discardsEmpty?: boolean;
	/** Requests older than so many milliseconds are forgotten, while it is open too; undefined keeps all. */
	readonly retention?: number | undefined;
	/** Told, in one line, of an old file that was set aside. */
	readonly onSetAside?: (line: string) => void;
};

/** Opens a store on disk, and brings it up to date. Throws a `StoreError` where that cannot be. */
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

/** A link that leads nowhere is there, too. */
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
