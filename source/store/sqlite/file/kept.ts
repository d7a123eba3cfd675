import type {PriceList} from '../../../metrics/money/pricing.js';
import type {LocalLedger} from '../../local-ledger.js';
import {StoreError} from '../../store.js';
import {SqliteStore} from '../sqlite-store.js';
import {migrations} from '../tables/schema.js';
import {tablesOf} from '../tables/tables.js';
import {isCounted} from '../write/counting.js';
import {Connection} from './connection.js';
import {isCurrent} from './migrate.js';

/** How long to wait for others that hold the file, milliseconds. */
const wait = 20;

/** What is kept has its prices already. */
const noPrices = (): never => {
	throw new Error('nothing is priced here');
};
const asKept: PriceList = {of: noPrices, find: noPrices, findForPlan: noPrices};

/**
 * Asks a store that there is, as it is: nothing is migrated, counted anew or priced anew. The file is left to the end of
 * the process, for closing it in order may have to write what others left beside it.
 * Throws a `StoreError` where it is damaged, in use, filled for the first time, or was counted by another version.
 */
export const readKept = <Answer>(path: string, ask: (ledger: LocalLedger) => Answer): Answer => {
	const tables = tablesOf(new Connection(path, wait));
	if (!isCurrent(tables.database, migrations) || !tables.indices.areMade() || !isCounted(tables)) {
		throw new StoreError(`${path} was counted by another version of hitrate, or is being filled`);
	}
	const store = new SqliteStore({open: () => tables, prices: asKept, pricesFrom: ''});
	return store.atOnce(() => ask(store));
};
