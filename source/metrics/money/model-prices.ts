import type {Picodollars} from './money.js';

/** What one token costs, by what happens to it. */
export type TokenPrices = {
	readonly input: Picodollars;
	readonly cacheRead: Picodollars;
	readonly cacheWrite5m: Picodollars;
	readonly cacheWrite1h: Picodollars;
	/** Undefined if it is not known. */
	readonly output: Picodollars | undefined;
};

/** A model's prices and where they are from. */
export type ModelPrices = TokenPrices & {
	/** `anthropic claude-sonnet-4-5`, `--price`, `Claude Sonnet (assumed)`. */
	readonly from: string;
	/** The 1-hour write price was derived from the model's maker: the provider's data lack it. */
	readonly derived1h: boolean;
};

/** A model's prices by the input above which they hold, largest first. */
export type Tiers = readonly (readonly [above: number, prices: ModelPrices])[];
