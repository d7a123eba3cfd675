import type {PriceFactors} from '../../request.js';
import {modelInFastMode, modelKey} from '../models/model-key.js';
import type {ModelPrices} from './model-prices.js';
import type {Picodollars} from './money.js';

/** A factor on a price as a fraction, and its reason; `about` if the provider publishes no exact factor. */
type Factor = {readonly times: number; readonly by: number; readonly name: string; readonly about?: true};

/**
 * In fast mode, Opus 4.6 and 4.7 cost six times as much, later ones twice (Anthropic's price list; sources differ for
 * 4.7).
 */
const fastFactor = (key: string): number => (/opus-4-[67]/.test(key) ? 6 : /opus/.test(key) ? 2 : 1);

/** Since Claude 4.6, Anthropic charges 10 % more if a model must run in the US. */
const asksForGeo = (key: string): boolean => /claude-[a-z]+-(?:4-[6-9]|[5-9])/.test(key);

const isOpenAi = (key: string): boolean => /gpt|codex|^o\d/.test(key);

const factorsOf = (model: string | undefined, {speed, inferenceGeo, tier}: PriceFactors): readonly Factor[] => {
	const key = modelKey(model);
	// The prices of a name that says so are those of fast mode.
	const fast = speed === 'fast' && modelInFastMode(key) === undefined ? fastFactor(key) : 1;
	return [
		...(fast > 1 ? [{times: fast, by: 1, name: 'fast'}] : []),
		...(inferenceGeo?.toLowerCase() === 'us' && asksForGeo(key) ? [{times: 11, by: 10, name: 'US'}] : []),
		...(tier === 'batch' ? [{times: 1, by: 2, name: 'batch'}] : []),
		...(tier === 'flex' && isOpenAi(key) ? [{times: 1, by: 2, name: 'flex', about: true} as const] : []),
		...(tier === 'priority' && isOpenAi(key) ? [{times: 2, by: 1, name: 'priority', about: true} as const] : []),
	];
};

/** The combined factor on a request's list price. */
type TotalFactor = {
	readonly times: bigint;
	readonly by: bigint;
	/** `fast × 2, US × 1.1`; with `about` if not published exactly. */
	readonly words: string;
};

/** The factor on the list prices for tier, region and speed of a request; undefined if it is 1. */
export const totalFactor = (model: string | undefined, factors: PriceFactors | undefined): TotalFactor | undefined => {
	const all = factors ? factorsOf(model, factors) : [];
	return all.length === 0
		? undefined
		: {
				times: all.reduce((product, {times}) => product * BigInt(times), 1n),
				by: all.reduce((product, {by}) => product * BigInt(by), 1n),
				words: all.map(({times, by, name, about}) => `${name} ${about ? 'about ' : ''}× ${times / by}`).join(', '),
			};
};

/** Prices multiplied by a factor. */
export const multiplied = (prices: ModelPrices, {times, by, words}: TotalFactor): ModelPrices => {
	const each = (price: Picodollars): Picodollars => (price * times) / by;
	return {
		...prices,
		input: each(prices.input),
		cacheRead: each(prices.cacheRead),
		cacheWrite5m: each(prices.cacheWrite5m),
		cacheWrite1h: each(prices.cacheWrite1h),
		output: prices.output === undefined ? undefined : each(prices.output),
		from: `${prices.from}, ${words}`,
	};
};
