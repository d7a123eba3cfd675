import type {Outbox} from '../../store/sqlite/outbox/outbox.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {shippedColumns} from '../table/columns.js';
import {hostTable, requestTable, shippedHostColumns} from '../table/tables.js';
import type {Row} from '../table/to-row.js';
import {textOf} from '../table/values.js';
import {rowOf, type Sender} from './sender.js';

/** Rows of one statement at most. */
const mostRows = 20_000;
/** Each month is a partition: a server holds a block of every column of each in memory, and refuses a hundred. */
const mostMonths = 12;

type ShipperOptions = {
	readonly outbox: Pick<Outbox, 'take' | 'delivered' | 'epoch' | 'state'>;
	readonly clickhouse: Pick<Clickhouse, 'insert'>;
	readonly sender: Sender;
	/** Tells this store from others of the machine. */
	readonly store: string;
	/** Of hitrate. */
	readonly version: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
};

/** One batch that was sent. */
export type Step = {
	/** Requests, and those that the fleet was told to forget. */
	readonly sent: number;
	readonly forgotten: number;
	/** Nothing waits any more. */
	readonly isLast: boolean;
};

/** Sends what waits in a store's outbox. */
export class Shipper {
	readonly #options: ShipperOptions;

	constructor(options: ShipperOptions) {
		this.#options = options;
	}

	/**
	 * Sends what waits longest. Where it throws, nothing counts as sent: some may arrive again, under the same version.
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

	/** Tells the fleet how this host is doing. @throws ClickhouseError, StoreError */
	async report(signal?: AbortSignal): Promise<void> {
		const {outbox, clickhouse, sender, store, version} = this.#options;
		const {waiting, sent, dropped} = outbox.state;
		const row = {shipper: textOf(sender.shipper), store, waiting, sent, dropped, version};
		await clickhouse.insert(hostTable, shippedHostColumns, [row], signal);
	}
}

/** Rows of not too many months together: usually all of them. */
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
