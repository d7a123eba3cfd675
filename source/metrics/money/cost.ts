import {type Iteration, inputTokens} from '../../request.js';
import type {PaidTokens} from '../breaks/paid-tokens.js';
import {type Picodollars, priceOf} from './money.js';
import type {TokenPrices} from './pricing.js';

/** The cost of tokens with and without the cache, for one or more requests at the same prices, in picodollars. */
export const costOf = (
	usage: Iteration,
	prices: TokenPrices,
): {
	readonly without: Picodollars;
	readonly with: Picodollars;
	readonly gross: Picodollars;
	readonly premium: Picodollars;
} => ({
	without: priceOf(inputTokens(usage), prices.input),
	with:
		priceOf(usage.uncached, prices.input) +
		priceOf(usage.cacheRead, prices.cacheRead) +
		priceOf(usage.cacheWrite5m, prices.cacheWrite5m) +
		priceOf(usage.cacheWrite1h, prices.cacheWrite1h),
	gross: priceOf(usage.cacheRead, prices.input - prices.cacheRead),
	premium:
		priceOf(usage.cacheWrite5m, prices.cacheWrite5m - prices.input) +
		priceOf(usage.cacheWrite1h, prices.cacheWrite1h - prices.input),
});

/** The cost of prompt tokens that were not read. */
export const costOfPaid = ({oneHour, fiveMinutes, input}: PaidTokens, price: TokenPrices): Picodollars =>
	priceOf(oneHour, price.cacheWrite1h) + priceOf(fiveMinutes, price.cacheWrite5m) + priceOf(input, price.input);

/**
 * The cost of lost tokens in addition to the price of reading them: as writes if they were written again, else as
 * input.
 */
export const costOfLoss = (lost: PaidTokens, price: TokenPrices): Picodollars =>
	costOfPaid(lost, price) - priceOf(lost.oneHour + lost.fiveMinutes + lost.input, price.cacheRead);
