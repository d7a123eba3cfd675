import {UsageError} from '../errors.js';
import {type Keeper, startKeeper} from '../fleet/keep/keeper.js';
import {FleetLedger} from '../fleet/reading/fleet-ledger.js';
import {fleetPrices} from '../fleet/reading/newest-requests.js';
import {parseClickhouseAddress} from '../fleet/table/address.js';
import {Clickhouse} from '../fleet/table/clickhouse.js';
import type {Ledger} from '../metrics/ledger.js';
import type {PriceList} from '../metrics/money/pricing.js';
import {clickhouseLogin} from '../settings/clickhouse-login.js';
import {MemoryStore} from '../store/memory/memory-store.js';
import type {Store} from '../store/store.js';
import type {Options} from './options.js';

/** An empty store, since no log is read; closing it closes the connection. */
class ConnectedStore extends MemoryStore {
	readonly #server: Clickhouse;

	constructor(prices: PriceList, server: Clickhouse) {
		super(prices);
		this.#server = server;
	}

	override close(): void {
		void this.#server.close();
	}
}

/**
 * Opens a fleet's ClickHouse instead of logs.
 * @throws UsageError if the options require logs
 */
export const openFleet = (
	text: string,
	{sources, exec, clickhouse}: Pick<Options, 'sources' | 'exec' | 'clickhouse'>,
	published: PriceList,
): {
	readonly name: string;
	readonly ledger: Ledger;
	readonly store: Store;
	/** The prices that the hosts reported. */
	readonly prices: PriceList;
	readonly keep: (say: (line: string) => void) => Keeper;
} => {
	const address = parseClickhouseAddress(text);
	if (sources.length > 1 || exec.length > 0) {
		throw new UsageError(`${address.name}: a fleet is shown by itself: name no other source beside it.`);
	}
	const server = new Clickhouse(address, clickhouseLogin({clickhouse}, process.env));
	return {
		name: address.name,
		ledger: new FleetLedger(server),
		store: new ConnectedStore(published, server),
		prices: fleetPrices(published),
		keep: say => startKeeper({server, say, random: Math.random}),
	};
};
