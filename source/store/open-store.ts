import {existsSync} from 'node:fs';
import type {PriceList} from '../metrics/money/pricing.js';
import {MemoryStore} from './memory/memory-store.js';
import {readAsWords, type Scope, storePath} from './scope.js';
import {type Store, StoreError} from './store.js';

type OpenOptions = {
	/** What it is for; undefined keeps in memory what is read. */
	readonly scope: Scope | undefined;
	readonly prices: PriceList;
	/** Tells the published prices from others. */
	readonly published: string;
	/**
	 * Tells the prices that the user set; undefined where there are none. They have a store of their own, for another
	 * process that reads the same sources at other prices must not change what this one shows.
	 */
	readonly userPrices: string | undefined;
	/** Requests older than so many milliseconds are forgotten; undefined keeps all. */
	readonly retention?: number | undefined;
};

/**
 * A store, and why it is not the one on disk where that was wanted, or what became of the one before: one line for the
 * user.
 */
type OpenedStore = {
	readonly store: Store;
	readonly problem: string | undefined;
	readonly notice?: string | undefined;
	/** The file that it is in; undefined in memory. */
	readonly path?: string;
};

/** Opens the store of a scope on disk; where that cannot be, one in memory. */
export const openStore = async ({
	scope,
	prices,
	published,
	userPrices,
	retention,
}: OpenOptions): Promise<OpenedStore> => {
	if (!scope) {
		return {store: new MemoryStore(prices), problem: undefined};
	}
	const {openSqliteStore} = await import('./sqlite/file/open.js');
	const usual = storePath(scope, undefined);
	const path = storePath(scope, userPrices);
	try {
		if (path !== usual && !existsSync(path) && existsSync(usual)) {
			// What the logs no longer hold is known at any prices.
			(await import('./sqlite/file/upkeep.js')).copyStore(usual, path);
		}
		const pricesFrom = JSON.stringify([published, userPrices ?? null]);
		let notice: string | undefined;
		const store = openSqliteStore({
			path,
			sources: scope.sources,
			readAs: readAsWords(scope, userPrices),
			prices,
			pricesFrom,
			retention,
			discardsEmpty: true,
			onSetAside: line => {
				notice = line;
			},
		});
		return {store, problem: undefined, notice, path};
	} catch (error) {
		if (error instanceof StoreError) {
			return {store: new MemoryStore(prices), problem: notKept(error)};
		}
		throw error;
	}
};

/** Why what was read is not kept, in one line. */
export const notKept = ({message}: StoreError): string =>
	`${message}; nothing will be saved, and every run reads the logs from the start`;
