import type {Outbox} from '../../store/sqlite/outbox/outbox.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {textOf} from '../table/column-values.js';
import {shippedColumns} from '../table/columns.js';
import {hostTable, requestTable, shippedHostColumns} from '../table/tables.js';
import type {Row} from '../table/to-row.js';
import {rowOf, type Sender} from './sender.js';

/** Maximum rows per statement. */
const mostRows = 20_000;
/**
 * Maximum months per statement. Each is a partition: a server holds a block per column for each in memory, and refuses
 * a hundred of them.
 */
const mostMonths = 12;

type ShipperOptions = {
	readonly outbox: Pick<Outbox, 'take' | 'delivered' | 'epoch' | 'state'>;
	readonly clickhouse: Pick<Clickhouse, 'insert'>;
	readonly sender: Sender;
	/** Identifies the store among those of the machine. */
	readonly store: string;
	/** The version of hitrate. */
	readonly version: string;
	/** The current time in epoch milliseconds. */
	readonly now: () => number;
};

/** The result of sending one batch. */
export type Step = {
	/** Number of requests and tombstones sent. */
	readonly sent: number;
	readonly forgotten: number;
	/** True if nothing is left to send. */
	readonly isLast: boolean;
};

/** Sends what waits in a store's outbox. */
export class Shipper {
	readonly #options: ShipperOptions;

	constructor(options: ShipperOptions) {
		this.#options = options;
	}

	/**
	 * Sends the entries that have waited longest. If it throws, none of them count as sent; some may be sent again,
	 * with the same version.
	 * @throws ClickhouseError, StoreError
	 */
	async step(signal?: AbortSignal, most = mostRows): Promise<Step> {
		const {outbox, clickhouse, sender, now} = this.#options;
		const shipment = outbox.take(most);
		const {entries, lastNumber, lastRow, isLast} = shipment;
		const rows = entries.map(entry => rowOf(entry, outbox.epoch, sender));
		for (const some of byMonths(rows)) {
			await clickhouse.insert(requestTable, shippedColumns, some, signal);
		}
		if (lastNumber !== undefined || lastRow !== undefined) {
			outbox.delivered(shipment, now());
		}
		const forgotten = entries.filter(entry => 'gone' in entry).length;
		return {sent: entries.length - forgotten, forgotten, isLast};
	}

	/** Reports this host's state to the fleet. @throws ClickhouseError, StoreError */
	async report(signal?: AbortSignal): Promise<void> {
		const {outbox, clickhouse, sender, store, version} = this.#options;
		const {waiting, sent, dropped} = outbox.state;
		const row = {shipper: textOf(sender.shipper), store, waiting, sent, dropped, version};
		await clickhouse.insert(hostTable, shippedHostColumns, [row], signal);
	}
}

/** Splits rows so that no statement has too many months; usually one group. */
const byMonths = (rows: readonly Row[]): readonly (readonly Row[])[] => {
	const monthOf = ({day}: Row): string => String(day).slice(0, 7);
	const months = [...new Set(rows.map(monthOf))].sort();
	if (months.length <= mostMonths) {
		return rows.length === 0 ? [] : [rows];
	}
	const groups: Row[][] = [];
	const places = new Map(months.map((month, index) => [month, Math.floor(index / mostMonths)]));
	for (const row of rows) {
		const place = places.get(monthOf(row)) as number;
		groups[place] ??= [];
		groups[place]?.push(row);
	}
	return groups;
};
