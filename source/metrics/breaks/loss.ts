import type {PaidTokens} from './lost.js';

/** Why cached tokens were lost: the first that applies. All but the first are inferred. */
export const breakCauses = [
	'reported',
	'expired',
	'model-switched',
	'provider-switched',
	'rebuilt',
	'concurrent',
	'client-updated',
	'settings-changed',
	'prefix-changed',
	'not-read',
	'unknown',
] as const;
/** One of `breakCauses`. */
export type BreakCause = (typeof breakCauses)[number];

/** Cached tokens that a request lost, and how they were paid for instead: a break. */
export type Loss = PaidTokens & {
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or what was seen. */
	readonly detail: string;
	/** Since the request before it in its chain was sent, milliseconds; undefined if there is none in the log. */
	readonly gap: number | undefined;
	/**
	 * Until this time, epoch milliseconds, a later request may show that the chain continued and this request began one
	 * of its own; undefined if that cannot be any more.
	 */
	readonly provisionalUntil: number | undefined;
};

/** Lost tokens that are too few for a break. */
export type SmallLoss = PaidTokens & {
	/** The cache fills by itself: nobody can act on the loss. */
	readonly automatic: boolean;
};
