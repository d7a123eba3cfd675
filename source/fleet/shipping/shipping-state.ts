import type {OutboxState} from '../../store/sqlite/outbox/outbox.js';

/** The state of shipping, for display. */
export type ShippingState = OutboxState & {
	/** Attempts that failed since the start. */
	readonly failures: number;
	/** Why the last attempt failed, in one line; undefined if it succeeded. */
	readonly problem: string | undefined;
};
