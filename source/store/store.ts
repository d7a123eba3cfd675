import type {Log} from '../log.js';
import type {Ledger} from '../metrics/ledger.js';
import type {Request} from '../request.js';
import type {LocalLedger} from './local-ledger.js';
import type {ExceededLimit} from './name-bounds.js';

/** A change of the store; changes are applied in order. */
export type Change =
	/**
	 * Adds a request of a log, or replaces the one with the same id, from whichever log. A replica never replaces an
	 * original.
	 */
	| {readonly kind: 'put'; readonly log: Log; readonly request: Request}
	/** Removes all requests of a log. */
	| {readonly kind: 'clear'; readonly log: Log}
	/** Removes the planned requests of a log that turned out to have calls. */
	| {readonly kind: 'retract'; readonly log: Log};

/** The state of a log's reading, as it is saved. */
export type SavedState = {
	readonly log: Log;
	readonly cursor: unknown;
	readonly glance?: string | undefined;
	/**
	 * True if an earlier state was saved. If the store has none any more, the log was forgotten on purpose and is to be
	 * read again from its start, so that this state is not saved.
	 */
	readonly isContinued?: boolean | undefined;
};

/** Changes that are applied atomically. */
export type Batch = {
	readonly changes: readonly Change[];
	/**
	 * The state of each log's reading after these changes, as plain data, and optionally a short summary, which suffices
	 * while the log does not change. A summary without a state is that of a short log, which is read again from its start
	 * when it grows.
	 */
	readonly cursors: readonly SavedState[];
	/**
	 * Returns the state of the logs whose changes come without it, for a store that another process writes to as well:
	 * that one may have saved how far it has read the same logs. If this process is killed after these changes, the next
	 * one must read on behind them, and not from where the other one was.
	 */
	readonly unsaved?: (() => readonly SavedState[]) | undefined;
};

/** Stores requests and answers questions about them. Implementations differ in durability and size. */
export type Store = Ledger &
	LocalLedger & {
		/** Tells the store a log's current name, which may differ from an earlier process's. */
		introduce?(log: Log): void;
		/** The last saved state of a log, by its id; undefined for a new one, and for one with only a summary. */
		cursor(log: string): unknown;
		/** The last saved summary of a log; cheaper than its state, and cheapest in descending order of ids. */
		glance(log: string): string | undefined;
		/**
		 * Applies changes atomically. Throws a `StoreError` if they cannot be saved.
		 * @param moreFollows true if the store may save them together with those that follow: at the latest after a
		 * moment, or when anything is asked
		 */
		commit(batch: Batch, moreFollows?: boolean): void;
		/** Saves what was to be saved together with what follows. Throws a `StoreError` if that fails. */
		settle?(): void;
		/**
		 * Sets the provisional requests of a log, which are not saved: a later line may complete or retract them.
		 * Replaces earlier ones. A stored request takes precedence over a provisional one with the same id.
		 * @param whole those of whole lines, if others are of an unfinished last line: a line that was cut in a name
		 *   has another id when it is whole, and another process may store it then
		 */
		putProvisional(log: Log, requests: readonly Request[], whole?: readonly Request[]): void;
		/**
		 * Checks that the store's file is still there. If it was deleted or replaced, rebuilds it from what this
		 * process knows, and returns one line about it. Cheap; to be called every few seconds. Throws a `StoreError` if
		 * it cannot be rebuilt.
		 */
		heal?(): string | undefined;
		/** Limits on names that were exceeded. */
		readonly exceeded?: readonly ExceededLimit[];
		close(): void;
	};

/** The store cannot be written: the disk is full, the file is damaged, or another process writes for too long. */
export class StoreError extends Error {
	override readonly name = 'StoreError';
	/** True if another process writes, so that a retry may succeed. */
	readonly isBusy: boolean;

	constructor(message: string, {isBusy = false, ...options}: ErrorOptions & {readonly isBusy?: boolean} = {}) {
		super(message, options);
		this.isBusy = isBusy;
	}
}
