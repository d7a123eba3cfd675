import {existsSync} from 'node:fs';
import type {PriceList} from '../metrics/money/pricing.js';
import {MemoryStore} from './memory/memory-store.js';
import {readAsWords, type Scope, storePath} from './scope.js';
import {type Store, StoreError} from './store.js';

type OpenOptions = {
	/** Identifies the store; undefined for a store in memory. */
	readonly scope: Scope | undefined;
	readonly prices: PriceList;
	/** Identifies the published prices. */
	readonly published: string;
	/**
	 * Identifies the user's own prices; undefined if there are none. They have a store of their own, so that a process
	 * which reads the same sources at other prices does not change what this one shows.
	 */
	readonly userPrices: string | undefined;
	/** Milliseconds after which requests are deleted; undefined keeps all. */
	readonly retention?: number | undefined;
};

/**
 * A store and, in one line for the user, why it is in memory although it should be on disk, or what happened to the one
 * before.
 */
type OpenedStore = {
	readonly store: Store;
	readonly problem: string | undefined;
	readonly notice?: string | undefined;
	/** Path of its file; undefined in memory. */
	readonly path?: string;
};

/** Opens the store of a scope on disk, or one in memory if that fails. */
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
			// What the logs no longer contain is valid at any prices.
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

/** Why nothing is saved, in one line. */
export const notKept = ({message}: StoreError): string =>
	`${message}; nothing will be saved, and every run reads the logs from the start`;
