import {join} from 'node:path';
import type {PriceList} from '../metrics/pricing.js';
import {storeFolder} from './locate.js';
import {MemoryStore} from './memory.js';
import {type Scope, scopeOf} from './scope.js';
import {type Store, StoreError} from './store.js';

export type OpenOptions = {
	/** What it is for; undefined keeps in memory what is read. */
	readonly scope: Scope | undefined;
	readonly prices: PriceList;
	/** Tells these prices from others. */
	readonly pricesFrom: string;
	/** Requests older than so many milliseconds are forgotten; undefined keeps all. */
	readonly retention?: number | undefined;
};

/** A store, and why it is not the one on disk where that was wanted: one line for the user. */
export type OpenedStore = {readonly store: Store; readonly problem: string | undefined};

/** Opens the store of a scope on disk; where that cannot be, one in memory. */
export const openStore = async ({scope, prices, pricesFrom, retention}: OpenOptions): Promise<OpenedStore> => {
	if (!scope) {
		return {store: new MemoryStore(prices), problem: undefined};
	}
	const {openSqliteStore} = await import('./sqlite/open.js');
	const path = join(storeFolder(), scopeOf(scope));
	try {
		const store = openSqliteStore({path, sources: scope.sources, prices, pricesFrom});
		if (retention !== undefined) {
			(await import('./sqlite/upkeep.js')).forgetBefore(path, Date.now() - retention);
		}
		return {store, problem: undefined};
	} catch (error) {
		if (error instanceof StoreError) {
			return {store: new MemoryStore(prices), problem: notKept(error)};
		}
		throw error;
	}
};

/** Why what was read is not kept, in one line. */
export const notKept = ({message}: StoreError): string => `${message}; nothing is kept, all is read again`;
