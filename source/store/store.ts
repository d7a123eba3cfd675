import type {Log} from '../log.js';
import type {Ledger} from '../metrics/ledger.js';
import type {Request} from '../request.js';
import type {LocalLedger} from './local-ledger.js';
import type {ExceededLimit} from './name-bounds.js';

/** One change to what is kept; they are done in order. */
export type Change =
	/**
	 * Adds a request of a log, or replaces the one with the same id, whatever its log: the same request read twice is one
	 * request. A replica never replaces an original.
	 */
	| {readonly kind: 'put'; readonly log: Log; readonly request: Request}
	/** Takes back all requests of a log. */
	| {readonly kind: 'clear'; readonly log: Log}
	/** Takes back those requests of a log that were planned only: it turned out to show calls. */
	| {readonly kind: 'retract'; readonly log: Log};

/** What is changed at once, or not at all. */
export type Batch = {
	readonly changes: readonly Change[];
	/**
	 * Where the reading of each log goes on after these changes: plain data. And in few words what there is to know of a
	 * log until it changes, where they are enough.
	 */
	readonly cursors: readonly {readonly log: Log; readonly cursor: unknown; readonly glance?: string | undefined}[];
};

/** Keeps requests and answers for them. One interface; engines differ in how long and how many. */
export type Store = Ledger &
	LocalLedger & {
		/** Tells what a log is called here: another process may call it otherwise. */
		introduce?(log: Log): void;
		/** What was last kept of a log, by its id; undefined for a new one. */
		cursor(log: string): unknown;
		/** The words that were last kept with the cursor; cheaper than that, and cheapest against the order of the ids. */
		glance?(log: string): string | undefined;
		/** Makes changes, all or none. Throws a `StoreError` where they cannot be kept. */
		commit(batch: Batch): void;
		/**
		 * Requests of one log that count for now, and are not kept: a later line may complete them or take them back.
		 * Replaces those given before. A request that was put wins over a provisional one of the same id.
		 */
		putProvisional(log: Log, requests: readonly Request[]): void;
		/**
		 * Looks whether what is kept is still where it was; where it was deleted or replaced it is made anew, from what this
		 * process knows, and that is told in one line. Cheap; to be asked every few seconds. Throws a `StoreError` where it
		 * cannot be made anew.
		 */
		heal?(): string | undefined;
		/** More names than sums are kept for. */
		readonly exceeded?: readonly ExceededLimit[];
		close(): void;
	};

/** What was read cannot be kept: the disk is full, the file damaged, somebody else writes for too long. */
export class StoreError extends Error {
	override readonly name = 'StoreError';
	/** Another process writes: it may be over soon. */
	readonly isBusy: boolean;

	constructor(message: string, {isBusy = false, ...options}: ErrorOptions & {readonly isBusy?: boolean} = {}) {
		super(message, options);
		this.isBusy = isBusy;
	}
}
