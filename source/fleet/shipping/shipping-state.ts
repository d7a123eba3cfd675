import type {OutboxState} from '../../store/sqlite/outbox/outbox.js';

/** How shipping goes, as it is shown. */
export type ShippingState = OutboxState & {
	/** Tries that failed since the start. */
	readonly failures: number;
	/** Why the last try failed, one line; undefined if it did not. */
	readonly problem: string | undefined;
};
