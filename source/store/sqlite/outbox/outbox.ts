import type {ModelPrices} from '../../../metrics/money/pricing.js';
import {StoreError} from '../../store.js';
import type {Kept} from '../tables/kept-rows.js';
import {textFrom} from '../tables/kept-text.js';
import type {Tables} from '../tables/tables.js';
import {backlogRows, forgetNamed, hasOutbox, makeOutbox, noted, setNoted} from './outbox-tables.js';

/** Where a store is shipped to, and how. */
export type ShippingTarget = {
	/** Tells it from others: the address, and the name that this machine has there. */
	readonly name: string;
	/** Names of threads are sent as hashes. */
	readonly hashes: boolean;
};

/** A request that is to be forgotten elsewhere. */
type Gone = {
	readonly id: string;
	readonly time: number;
	readonly thread: string | undefined;
	/** Whether the names of threads were hashed when it was sent. */
	readonly hashed: boolean;
};

/** One thing to be sent. Of two about the same request the one with the higher number holds. */
export type OutboxEntry = {readonly number: number} & (
	| {readonly kept: Kept; readonly price: ModelPrices | undefined}
	| {readonly gone: Gone}
);

/** What is to be sent next, at once. */
type Shipment = {
	readonly entries: readonly OutboxEntry[];
	/** The last number of the outbox, and the last row of the backlog that it holds; undefined where it holds none. */
	readonly lastNumber: number | undefined;
	readonly lastRow: number | undefined;
	/** Nothing waited beside it. */
	readonly isLast: boolean;
};

/** How far the shipping of a store has come. */
export type OutboxState = {
	/** Requests that are to be sent; of those the ones that were there when shipping began. */
	readonly waiting: number;
	readonly backlog: number;
	readonly sent: number;
	/** Requests that retention deleted before they were sent. */
	readonly dropped: number;
	/** When something was sent last, epoch milliseconds; undefined where nothing was. */
	readonly sentAt: number | undefined;
};

/** What of a store is still to be sent elsewhere: in no more than its own transactions, at least once. */
export class Outbox {
	readonly #tables: Tables;
	/** When it was made, epoch milliseconds: later than that of any store that was deleted before it. */
	readonly epoch: number;
	/** Everything is sent anew: it is the first time, or the first time to this target. */
	readonly isNew: boolean;
	/** Tells what is sent to this target from what was, or will be, sent to another. */
	readonly #generation: number;
	#dataVersion: number;

	/** Makes it where there is none; a new target gets all that is kept. Throws a `StoreError`. */
	constructor(tables: Tables, target: ShippingTarget, now: number) {
		const {database} = tables;
		this.#tables = tables;
		this.isNew = database.writing(() => begin(tables, target, now));
		this.epoch = noted(database, 'epoch') as number;
		this.#generation = noted(database, 'backlog_number') as number;
		this.#dataVersion = database.dataVersion;
	}

	/**
	 * What waits longest, at most so many; what changed comes before what was there when shipping began. Throws a
	 * `StoreError`, also where another process ships the store to another target by now.
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

	/** Sends a shipment no more. What changed since it was taken has a number of its own, and is sent again. */
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

	/** What others wrote makes void what is remembered of the tables. */
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
		// Under their other names they would count twice.
		forgetNamed(database);
	}
	setNoted(database, 'target', name);
	setNoted(database, 'hashes', Number(hashes));
	// What is sent anew has a number of its own, above all that was sent before and below all that changes from now on.
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
