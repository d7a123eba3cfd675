/**
 * Money is summed in whole picodollars (10⁻¹² $): every published price is a whole number of them per token, so no sum
 * drifts, whatever its order and length. It becomes dollars only at the edge.
 */
export type Picodollars = bigint;

/** Dollars per million tokens, as prices are published, to picodollars per token. */
export const perToken = (dollarsPerMillion: number): Picodollars => BigInt(Math.round(dollarsPerMillion * 1e6));

/** The price of a number of tokens. */
export const priceOf = (tokens: number, each: Picodollars): Picodollars => BigInt(Math.round(tokens)) * each;

/** To dollars, for display and export. */
export const toDollars = (amount: Picodollars): number => Number(amount) / 1e12;
