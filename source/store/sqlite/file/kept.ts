import type {PriceList} from '../../../metrics/money/pricing.js';
import type {LocalLedger} from '../../local-ledger.js';
import {StoreError} from '../../store.js';
import {SqliteStore} from '../sqlite-store.js';
import {migrations} from '../tables/schema.js';
import {tablesOf} from '../tables/tables.js';
import {isCounted} from '../write/counting.js';
import {Connection} from './connection.js';
import {isCurrent} from './migrate.js';

/** Milliseconds to wait for others that hold the file. */
const wait = 20;

/** Stored requests have their prices already. */
const noPrices = (): never => {
	throw new Error('nothing is priced here');
};
const asKept: PriceList = {of: noPrices, find: noPrices, findForPlan: noPrices};

/**
 * Queries an existing store as it is: nothing is migrated, recomputed or repriced. The file is not closed, because
 * closing it properly may have to write what other processes left behind. Throws a `StoreError` if it is damaged, in
 * use, being filled for the first time, or was computed by another version.
 */
export const readKept = <Answer>(path: string, ask: (ledger: LocalLedger) => Answer): Answer => {
	const tables = tablesOf(new Connection(path, wait));
	if (!isCurrent(tables.database, migrations) || !tables.indices.areMade() || !isCounted(tables)) {
		throw new StoreError(`${path} was counted by another version of hitrate, or is being filled`);
	}
	const store = new SqliteStore({open: () => tables, prices: asKept, pricesFrom: ''});
	return store.atOnce(() => ask(store));
};
