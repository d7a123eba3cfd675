import type {Log} from '../../log.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import type {Request} from '../../request.js';
import type {Batch, Store} from '../store.js';
import {StoreFile} from './file/store-file.js';
import {expire} from './outbox/expire.js';
import {SqliteLedger} from './read/sqlite-ledger.js';
import {note, setNote} from './tables/meta.js';
import type {Tables} from './tables/tables.js';
import {Admission} from './write/admission.js';
import {noteClients} from './write/client-starts.js';
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
	/** SQLite's counter of other connections' writes, as of this one's last commit; undefined before the first. */
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

	/** Runs a transaction. If it is rolled back, caches are dropped. */
	#writing(work: () => void): void {
		try {
			this.file.tables.database.writing(() => {
				this.lookForChanges();
				work();
			});
		} catch (error) {
			this.file.forget();
			this.#admission.forget();
			throw error;
		}
		this.changes++;
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

	commit(batch: Batch): void {
		const {database} = this.file.tables;
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
		});
	}

	get exceeded() {
		return this.#admission.exceeded;
	}

	putProvisional(log: Log, requests: readonly Request[]): void {
		if (this.provisional.put(log.id, this.#admission.bound(requests))) {
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
		const {discard} = this.#options;
		const isEmpty = discard !== undefined && this.#isEmpty();
		this.file.close();
		if (isEmpty) {
			discard();
		}
	}
}
