import type {Picodollars} from './money.js';

/** Prices per token. */
export type TokenPrices = {
	readonly input: Picodollars;
	readonly cacheRead: Picodollars;
	readonly cacheWrite5m: Picodollars;
	readonly cacheWrite1h: Picodollars;
	/** Undefined if unknown. */
	readonly output: Picodollars | undefined;
};

/** A model's prices and their origin. */
export type ModelPrices = TokenPrices & {
	/** The origin: `anthropic claude-sonnet-4-5`, `--price`, `Claude Sonnet (assumed)`. */
	readonly from: string;
	/** True if the price of 1-hour writes was derived from the vendor's, because the provider's data lack it. */
	readonly derived1h: boolean;
};

/** A model's prices by the input size above which they apply, largest first. */
export type Tiers = readonly (readonly [above: number, prices: ModelPrices])[];
