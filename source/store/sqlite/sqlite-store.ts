import type {Log} from '../../log.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import type {Request} from '../../request.js';
import {type Batch, type Store, StoreError} from '../store.js';
import {StoreFile} from './file/store-file.js';
import {expire} from './outbox/expire.js';
import {SqliteLedger} from './read/sqlite-ledger.js';
import {note, setNote} from './tables/meta.js';
import type {Tables} from './tables/tables.js';
import {Admission} from './write/admission.js';
import {noteClients} from './write/client-starts.js';
import {HeldWrites} from './write/held-writes.js';
import {hour} from './write/levels.js';

type SqliteStoreOptions = {
	/** Opens and upgrades the file; called again if another file replaces it. */
	readonly open: () => Tables;
	readonly prices: PriceList;
	/** Identifies the prices. */
	readonly pricesFrom: string;
	/** Milliseconds after which requests are deleted; undefined keeps all. */
	readonly retention?: number | undefined;
	/** Deletes the file; called on closing if it has no requests. */
	readonly discard?: (() => void) | undefined;
};

/** Stores requests in a file, together with sums, so that any window can be queried without reading each request. */
export class SqliteStore extends SqliteLedger implements Store {
	readonly #options: SqliteStoreOptions;
	/** When old requests were last deleted, in epoch milliseconds. */
	#forgot = Number.NEGATIVE_INFINITY;
	readonly #admission: Admission;
	readonly #held = new HeldWrites(() =>
		this.#orForget(() => {
			this.file.writer.finish();
			this.file.tables.database.commit();
		}),
	);
	/**
	 * SQLite's counter of other connections' writes, as of this one's last commit; undefined before the first, and after
	 * a rollback, which also drops the states that were saved because of others.
	 */
	#dataVersion: number | undefined;

	constructor(options: SqliteStoreOptions) {
		super(new StoreFile(options.open, options.prices), options.prices);
		this.#options = options;
		this.#admission = new Admission(options.retention, () =>
			[...this.file.tables.lanes.all().values()].map(({lane}) => lane),
		);
		this.#forgetOld();
	}

	heal(): string | undefined {
		this.settle();
		const healed = this.file.heal();
		if (healed === undefined) {
			this.#forgetOld();
		} else {
			this.changes++;
		}
		return healed;
	}

	/** Deletes requests that are too old, from time to time. */
	#forgetOld(): void {
		const {retention} = this.#options;
		const now = Date.now();
		if (retention !== undefined && now - this.#forgot >= hour) {
			this.#forgot = now;
			this.#writing(() => expire(this.file.tables, this.file.writer, now, retention));
		}
	}

	/** Runs a transaction, or a part of the one that is held. */
	#writing(work: () => void): void {
		this.#orForget(() =>
			this.file.tables.database.writing(() => {
				this.lookForChanges();
				work();
			}),
		);
		this.changes++;
	}

	/** If the transaction is rolled back, caches are dropped. */
	#orForget(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.#held.drop();
			this.file.tables.database.rollback();
			this.#dataVersion = undefined;
			this.file.forget();
			this.#admission.forget();
			throw error;
		}
	}

	override settle(): void {
		this.#held.settle();
	}

	/** Other processes may have changed the stored names as well. */
	protected override lookForChanges(): boolean {
		const isChanged = super.lookForChanges();
		if (isChanged) {
			this.#admission.forget();
		}
		return isChanged;
	}

	introduce(log: Log): void {
		this.file.tables.logs.call(log);
	}

	cursor(log: string): unknown {
		return this.file.tables.logs.cursor(log);
	}

	glance(log: string): string | undefined {
		return this.file.tables.logs.glance(log);
	}

	commit(batch: Batch, moreFollows = false): void {
		const {database, requests} = this.file.tables;
		if (moreFollows && !this.#held.areHeld) {
			this.settle();
			requests.expectMany();
			database.begin();
			this.#held.hold();
		}
		this.#writing(() => {
			// Another process stored requests at other prices, so the next one that opens the store has to reprice all
			// of them.
			if (note(database, 'prices') !== this.#options.pricesFrom) {
				setNote(database, 'prices', '');
			}
			const {dataVersion} = database;
			const others = dataVersion === this.#dataVersion ? [] : (batch.unsaved?.() ?? []);
			this.#dataVersion = dataVersion;
			const admitted = this.#admission.admit({...batch, cursors: [...batch.cursors, ...others]});
			this.file.writer.write(admitted, this.prices);
			noteClients(database, admitted);
			if (!this.#held.areHeld) {
				this.file.writer.finish();
			}
		});
		if (!moreFollows || database.shouldCommit) {
			this.settle();
		}
	}

	get exceeded() {
		return this.#admission.exceeded;
	}

	putProvisional(log: Log, requests: readonly Request[], whole?: readonly Request[]): void {
		const bound = whole && this.#admission.bound(whole);
		if (this.provisional.put(log.id, this.#admission.bound(requests), bound)) {
			this.changes++;
		}
	}

	/** False if the store cannot be queried. */
	#isEmpty(): boolean {
		try {
			return this.total === 0;
		} catch {
			return false;
		}
	}

	close(): void {
		try {
			this.settle();
		} catch (error) {
			// The next process reads it again.
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
		const {discard} = this.#options;
		const isEmpty = discard !== undefined && this.#isEmpty();
		this.file.close();
		if (isEmpty) {
			discard();
		}
	}
}
