import type {PaidTokens} from './paid-tokens.js';

/** Causes of breaks in order of precedence. All but the first are inferred. */
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

/** A break: the cached tokens that a request lost, by how they were paid for instead. */
export type Loss = PaidTokens & {
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or the evidence. */
	readonly detail: string;
	/** Milliseconds since the previous request of its chain was sent; undefined if the log has none. */
	readonly gap: number | undefined;
	/**
	 * Until this time (epoch milliseconds), a later request may show that the chain continued and that this request
	 * started another; undefined if that is no longer possible.
	 */
	readonly provisionalUntil: number | undefined;
};

/** Lost tokens that are too few for a break. */
export type SmallLoss = PaidTokens & {
	/** True for an automatic cache, whose losses nobody can influence. */
	readonly automatic: boolean;
};
