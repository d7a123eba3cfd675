import type {Log} from '../log.js';
import {type Batch, type Change, type Store, StoreError} from '../store/store.js';
import {monotonic} from '../time/monotonic.js';
import type {CrossReference} from './cross-reference.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import type {Reading} from './reading.js';

/** Milliseconds between saving positions while following; saving them takes more room than the requests. */
const markEvery = 1000;
/** Milliseconds to wait for a store that another process is writing to. */
const busyTimeout = 60_000;

/** Maximum changes, bytes read and logs per batch: holding them costs more than saving them soon. */
const mostChanges = 4000;
const mostBytes = 64 << 20;
const mostLogs = 128;

type BatchesOptions = Pick<IngestOptions, 'withoutRepeats'> & {
	readonly store: Store;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** The log with that name; undefined if this process does not read it. */
	readonly logOf: (source: string) => Log | undefined;
};

/** Collects what was read and saves it in batches: requests together with positions. */
export class Batches {
	readonly #options: BatchesOptions;
	#changes: Change[] = [];
	#bytes = 0;
	/** Logs read since the last save. */
	readonly #touched = new Set<Reading>();
	/** Logs whose provisional requests may have changed although nothing was read. */
	readonly #provisional = new Set<Reading>();
	/** Logs read since their positions were last saved. */
	readonly #advanced = new Set<Reading>();
	/** When positions were last saved, by `monotonic`. */
	#marked = Number.NEGATIVE_INFINITY;
	/** Since when the store has been busy, by `monotonic`. */
	#busySince: number | undefined;

	constructor(options: BatchesOptions) {
		this.#options = options;
	}

	/** True if a batch is full. */
	get isFull(): boolean {
		return this.#changes.length >= mostChanges || this.#bytes >= mostBytes || this.#touched.size >= mostLogs;
	}

	/** True if the positions of all logs are saved. */
	get isMarked(): boolean {
		return this.#advanced.size === 0 && this.#touched.size === 0;
	}

	add(change: Change): void {
		this.#changes.push(change);
	}

	/** Counts bytes read from a log. */
	addRead(reading: Reading, bytes: number): void {
		this.#touched.add(reading);
		this.#bytes += bytes;
	}

	/** Notes that a log's provisional requests may have changed, although there is nothing to save. */
	addProvisional(reading: Reading): void {
		this.#provisional.add(reading);
	}

	/**
	 * Saves what was collected. Throws a `StoreError` if that fails.
	 * @param isFinal true saves positions as well; otherwise they are saved once per second
	 * @param moreFollows true if the store may wait for what follows
	 * @returns false if the store is busy, in which case nothing is lost
	 */
	keep(isFinal: boolean, moreFollows = false): boolean {
		const {store, references} = this.#options;
		const now = monotonic();
		for (const reading of this.#touched) {
			this.#advanced.add(reading);
		}
		const marks = isFinal || now - this.#marked >= markEvery;
		const states = marks ? [...this.#advanced].map(reading => ({reading, cursors: reading.cursors})) : [];
		const cursors = states.flatMap(state => state.cursors);
		const isNews = this.#changes.length > 0 || cursors.length > 0 || !references.isSettled;
		const unsaved = marks ? undefined : () => [...this.#touched].flatMap(reading => reading.cursors);
		if (isNews && !this.#commit({changes: this.#changes, cursors, unsaved}, moreFollows)) {
			return false;
		}
		if (!moreFollows) {
			store.settle?.();
		}
		if (marks) {
			for (const {reading} of states.filter(state => state.cursors.length > 0)) {
				reading.setSaved();
			}
			this.#advanced.clear();
			this.#marked = now;
		}
		const provisional = [...this.#touched, ...this.#provisional];
		this.#changes = [];
		this.#bytes = 0;
		this.#touched.clear();
		this.#provisional.clear();
		for (const reading of provisional) {
			store.putProvisional(reading.log, reading.provisional, reading.provisionalOfWholeLines);
		}
		return true;
	}

	/** If another process writes for long, saving is postponed. */
	#commit(batch: Batch, moreFollows: boolean): boolean {
		const {store, references, problems, withoutRepeats, logOf} = this.#options;
		try {
			const alone = withoutRepeats?.(batch, store) ?? batch;
			store.commit(references.joined(alone, store, logOf), moreFollows);
		} catch (error) {
			const now = monotonic();
			this.#busySince ??= now;
			if (error instanceof StoreError && error.isBusy && now - this.#busySince < busyTimeout) {
				return false;
			}
			throw error;
		}
		references.settle();
		this.#busySince = undefined;
		for (const {name, message} of store.exceeded ?? []) {
			problems.note({kind: 'too-many-names', name, message, count: 1});
		}
		return true;
	}
}
