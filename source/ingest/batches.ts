import type {Log} from '../log.js';
import {type Batch, type Change, type Store, StoreError} from '../store/store.js';
import {monotonic} from '../time/monotonic.js';
import type {CrossReference} from './cross-reference.js';
import type {IngestOptions} from './options.js';
import type {Problems} from './problems.js';
import type {Reading} from './reading.js';

/** How far was read is kept so often while following, milliseconds: it takes more room than what was read. */
const markEvery = 1000;
/** A store that another process writes is waited for so long, milliseconds. */
const busyTimeout = 60_000;

/** Changes, bytes read, and logs of one batch at most: what is held for long costs more than what is let go soon. */
const mostChanges = 4000;
const mostBytes = 64 << 20;
const mostLogs = 512;

type BatchesOptions = Pick<IngestOptions, 'now' | 'withoutRepeats'> & {
	readonly store: Store;
	readonly references: CrossReference;
	readonly problems: Problems;
	/** The log of that name; undefined where it is not read by this process. */
	readonly logOf: (source: string) => Log | undefined;
};

/** Gathers what was read, and keeps it in batches: requests together with how far was read. */
export class Batches {
	readonly #options: BatchesOptions;
	#changes: Change[] = [];
	#bytes = 0;
	/** Read since the last time that anything was kept. */
	readonly #touched = new Set<Reading>();
	/** Their provisional requests may be others though nothing was read since. */
	readonly #provisional = new Set<Reading>();
	/** Read since the last time that it was kept how far. */
	readonly #advanced = new Set<Reading>();
	#marked = Number.NEGATIVE_INFINITY;
	/** When the store began to be busy, by `monotonic`. */
	#busySince: number | undefined;

	constructor(options: BatchesOptions) {
		this.#options = options;
	}

	/** Whether as much has been gathered as one batch holds. */
	get isFull(): boolean {
		return this.#changes.length >= mostChanges || this.#bytes >= mostBytes || this.#touched.size >= mostLogs;
	}

	/** It is kept how far all logs were read. */
	get isMarked(): boolean {
		return this.#advanced.size === 0 && this.#touched.size === 0;
	}

	add(change: Change): void {
		this.#changes.push(change);
	}

	/** So many bytes of a log were read. */
	addRead(reading: Reading, bytes: number): void {
		this.#touched.add(reading);
		this.#bytes += bytes;
	}

	/** The provisional requests of a log may be others, though nothing of it is to be kept. */
	addProvisional(reading: Reading): void {
		this.#provisional.add(reading);
	}

	/**
	 * Keeps what was gathered. Throws a `StoreError` where it cannot be kept.
	 * @param isFinal how far was read is kept as well; otherwise that is done once a second
	 * @returns false where the store is busy: everything is still there
	 */
	keep(isFinal: boolean): boolean {
		const {store, references, now} = this.#options;
		for (const reading of this.#touched) {
			this.#advanced.add(reading);
		}
		const marks = isFinal || now() - this.#marked >= markEvery;
		const cursors = marks ? [...this.#advanced].flatMap(reading => reading.cursors) : [];
		const isNews = this.#changes.length > 0 || cursors.length > 0 || !references.isSettled;
		if (isNews && !this.#commit({changes: this.#changes, cursors})) {
			return false;
		}
		if (marks) {
			this.#advanced.clear();
			this.#marked = now();
		}
		const provisional = [...this.#touched, ...this.#provisional];
		this.#changes = [];
		this.#bytes = 0;
		this.#touched.clear();
		this.#provisional.clear();
		for (const reading of provisional) {
			store.putProvisional(reading.log, reading.provisional);
		}
		return true;
	}

	/** Another process may be writing for long: what is to be kept waits for a while. */
	#commit(batch: Batch): boolean {
		const {store, references, problems, withoutRepeats, logOf} = this.#options;
		try {
			const alone = withoutRepeats?.(batch, store) ?? batch;
			store.commit(references.joined(alone, store, logOf));
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
