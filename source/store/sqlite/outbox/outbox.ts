import type {ModelPrices} from '../../../metrics/money/pricing.js';
import {StoreError} from '../../store.js';
import type {Kept} from '../tables/kept-rows.js';
import {textFrom} from '../tables/kept-text.js';
import type {Tables} from '../tables/tables.js';
import {backlogRows, forgetNamed, hasOutbox, makeOutbox, noted, setNoted} from './outbox-tables.js';

/** Where a store is shipped to, and how. */
export type ShippingTarget = {
	/** Identifies it: the address, and the name of this machine in the fleet. */
	readonly name: string;
	/** True if names of threads are sent as hashes. */
	readonly hashes: boolean;
};

/** A request that the fleet should delete. */
type Gone = {
	readonly id: string;
	readonly time: number;
	readonly thread: string | undefined;
	/** True if names of threads were hashed when it was sent. */
	readonly hashed: boolean;
};

/** An entry to be sent. Of two about the same request, the one with the higher number is valid. */
export type OutboxEntry = {readonly number: number} & (
	| {readonly kept: Kept; readonly price: ModelPrices | undefined}
	| {readonly gone: Gone}
);

/** The entries to be sent next. */
type Shipment = {
	readonly entries: readonly OutboxEntry[];
	/** The last number of the outbox, and the last row of the backlog in it; undefined if there is none. */
	readonly lastNumber: number | undefined;
	readonly lastRow: number | undefined;
	/** True if nothing else was waiting. */
	readonly isLast: boolean;
};

/** The progress of shipping a store. */
export type OutboxState = {
	/** Requests to be sent, and how many of them existed when shipping began. */
	readonly waiting: number;
	readonly backlog: number;
	readonly sent: number;
	/** Requests that retention deleted before they were sent. */
	readonly dropped: number;
	/** When something was sent last, in epoch milliseconds; undefined if never. */
	readonly sentAt: number | undefined;
};

/**
 * The entries of a store that have to be sent. Filled in the store's own transactions; delivers each entry at least
 * once.
 */
export class Outbox {
	readonly #tables: Tables;
	/** Time of its creation in epoch milliseconds; later than that of any deleted store before it. */
	readonly epoch: number;
	/** True if everything is sent from scratch: the first time, or the first time to this target. */
	readonly isNew: boolean;
	/** Distinguishes this target from earlier and later ones. */
	readonly #generation: number;
	#dataVersion: number;

	/** Creates the outbox if there is none; a new target receives everything. Throws a `StoreError`. */
	constructor(tables: Tables, target: ShippingTarget, now: number) {
		const {database} = tables;
		this.#tables = tables;
		this.isNew = database.writing(() => begin(tables, target, now));
		this.epoch = noted(database, 'epoch') as number;
		this.#generation = noted(database, 'backlog_number') as number;
		this.#dataVersion = database.dataVersion;
	}

	/**
	 * The entries that have waited longest; changes come before the backlog. Throws a `StoreError`, also if another
	 * process ships the store to another target by now.
	 */
	take(most: number): Shipment {
		const {database, requests, lanes} = this.#tables;
		return database.reading(() => {
			this.#lookForChanges();
			this.#checkTarget();
			const found = database.rows('SELECT number, row, gone FROM outbox ORDER BY number LIMIT ?', [most]);
			const kept = new Map(
				requests.ofRows(found.flatMap(([, row]) => (typeof row === 'number' ? row : []))).map(one => [one.row, one]),
			);
			const sent = (number: number, one: Kept): OutboxEntry => ({
				number,
				kept: one,
				price: lanes.lane(one.lane).price,
			});
			const changed = found.flatMap(([number, row, gone]): readonly OutboxEntry[] => {
				const one = kept.get(row as number);
				return typeof gone === 'string'
					? [{number: number as number, gone: goneFrom(gone)}]
					: one
						? [sent(number as number, one)]
						: [];
			});
			const old = requests.arrived(this.#backlog(), most - found.length);
			return {
				entries: [...changed, ...old.map(one => sent(this.#generation, one))],
				lastNumber: found.at(-1)?.[0] as number | undefined,
				lastRow: old.at(-1)?.row,
				isLast: found.length + old.length < most,
			};
		});
	}

	/** Removes the entries of a shipment. What has changed since then has a new number, and is sent again. */
	delivered({entries, lastNumber, lastRow}: Shipment, now: number): void {
		const {database} = this.#tables;
		database.writing(() => {
			this.#checkTarget();
			if (lastNumber !== undefined) {
				database.run('DELETE FROM outbox WHERE number <= ?', [lastNumber]);
			}
			if (lastRow !== undefined) {
				setNoted(database, 'backlog_at', Math.max(lastRow, noted(database, 'backlog_at') as number));
			}
			setNoted(database, 'sent', ((noted(database, 'sent') as number | null) ?? 0) + entries.length);
			setNoted(database, 'sent_at', now);
		});
	}

	get state(): OutboxState {
		const {database} = this.#tables;
		return database.reading(() => {
			const backlog = database.row(`SELECT count(*) FROM request WHERE ${backlogRows}`)?.[0] as number;
			return {
				waiting: backlog + (database.row('SELECT count(*) FROM outbox')?.[0] as number),
				backlog,
				sent: (noted(database, 'sent') as number | null) ?? 0,
				dropped: (noted(database, 'dropped') as number | null) ?? 0,
				sentAt: (noted(database, 'sent_at') as number | null) ?? undefined,
			};
		});
	}

	/** Changes when another connection has written. */
	get version(): number {
		return this.#tables.database.dataVersion;
	}

	#backlog(): {readonly after: number; readonly to: number} {
		const {database} = this.#tables;
		return {after: noted(database, 'backlog_at') as number, to: noted(database, 'backlog_to') as number};
	}

	#checkTarget(): void {
		const {database} = this.#tables;
		if (!hasOutbox(database) || noted(database, 'backlog_number') !== this.#generation) {
			throw new StoreError(`${database.path} is shipped to another place by another process`);
		}
	}

	/** Drops caches of tables that others have written to. */
	#lookForChanges(): void {
		const {database, lanes, logs} = this.#tables;
		const {dataVersion} = database;
		if (dataVersion !== this.#dataVersion) {
			this.#dataVersion = dataVersion;
			lanes.drop();
			logs.drop();
		}
	}
}

const begin = ({database}: Tables, {name, hashes}: ShippingTarget, now: number): boolean => {
	const isFirst = !hasOutbox(database);
	if (isFirst) {
		makeOutbox(database);
		setNoted(database, 'epoch', now);
	} else if (noted(database, 'target') === name && noted(database, 'hashes') === Number(hashes)) {
		return false;
	} else if (noted(database, 'hashes') !== Number(hashes)) {
		// With their other names they would be counted twice.
		forgetNamed(database);
	}
	setNoted(database, 'target', name);
	setNoted(database, 'hashes', Number(hashes));
	// The backlog has a number of its own, above everything sent before and below all later changes.
	database.exec('INSERT INTO outbox (gone) VALUES (NULL)');
	setNoted(database, 'backlog_number', database.row('SELECT max(number) FROM outbox')?.[0] as number);
	database.exec('DELETE FROM outbox WHERE number = (SELECT max(number) FROM outbox)');
	setNoted(database, 'backlog_at', 0);
	setNoted(database, 'backlog_to', (database.row('SELECT max(row) FROM request')?.[0] as number | null) ?? 0);
	return true;
};

const goneFrom = (text: string): Gone => {
	const [time, thread, id, hashed] = JSON.parse(text) as readonly [number, string | null, string, number | null];
	return {id: textFrom(id), time, thread: thread ?? undefined, hashed: hashed === 1};
};
