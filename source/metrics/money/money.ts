/**
 * Money in whole picodollars (10⁻¹² $). Every published price per token is a whole number of them, so sums are exact in
 * any order and length. Converted to dollars only for display and export.
 */
export type Picodollars = bigint;

/** Converts dollars per million tokens, as prices are published, to picodollars per token. */
export const perToken = (dollarsPerMillion: number): Picodollars => BigInt(Math.round(dollarsPerMillion * 1e6));

/** The price of some tokens. */
export const priceOf = (tokens: number, each: Picodollars): Picodollars => BigInt(Math.round(tokens)) * each;

/** Converts to dollars, for display and export. */
export const toDollars = (amount: Picodollars): number => Number(amount) / 1e12;
