import {inputTokens, type PriceFactors, type Request} from '../../request.js';
import type {ModelPrices} from './model-prices.js';
import {perToken} from './money.js';
import {multiplied, totalFactor} from './price-factors.js';
import {TierFinder} from './tier-finder.js';

export type {ModelPrices, TokenPrices} from './model-prices.js';

/** Prices set by the user, in dollars per million tokens. */
export type PriceOverride = {
	readonly input: number;
	readonly cacheRead: number;
	readonly cacheWrite5m?: number | undefined;
	readonly cacheWrite1h?: number | undefined;
	readonly output?: number | undefined;
};

/** Looks up prices by model, date and size of a request; undefined if unknown. */
export type PriceList = {
	/** The prices of a request with usage, by its model, time, size and price factors. */
	of(request: Request): ModelPrices | undefined;
	/** List prices. @param time epoch milliseconds @param input the request's input tokens, which select the tier */
	find(model: string | undefined, time: number, input: number): ModelPrices | undefined;
	/** Prices for a plan without usage, in the tier of its marked tokens. */
	findForPlan(model: string | undefined, time: number, input: number): ModelPrices;
};

/** Claude Sonnet, assumed for logs with plans only if no model is named. */
const assumed: ModelPrices = {
	input: perToken(3),
	cacheRead: perToken(0.3),
	cacheWrite5m: perToken(3.75),
	cacheWrite1h: perToken(6),
	output: perToken(15),
	from: 'Claude Sonnet, assumed',
	derived1h: false,
};

const fromOverride = (override: PriceOverride): ModelPrices => ({
	input: perToken(override.input),
	cacheRead: perToken(override.cacheRead),
	cacheWrite5m: perToken(override.cacheWrite5m ?? override.input),
	cacheWrite1h: perToken(override.cacheWrite1h ?? override.cacheWrite5m ?? override.input),
	output: override.output === undefined ? undefined : perToken(override.output),
	from: '--price',
	derived1h: false,
});

/** The input that selects the tier; that of the largest call if a request sums several. */
const tierInput = ({usage, iterations}: Request): number =>
	iterations && iterations.length > 0 ? Math.max(...iterations.map(inputTokens)) : usage ? inputTokens(usage) : 0;

/**
 * Prices from published data, by model and date; overrides take precedence.
 * @param overrides by logged model name: prices, or the model whose prices apply
 * @param nameless the model whose prices apply to requests without a model
 */
export const priceList = (
	overrides: ReadonlyMap<string, PriceOverride | string> = new Map(),
	nameless?: string | undefined,
): PriceList => {
	const tiers = new TierFinder();
	const set = new Map(
		[...overrides].flatMap(([model, price]) => (typeof price === 'string' ? [] : [[model, fromOverride(price)]])),
	);
	const find = (named: string | undefined, time: number, input: number): ModelPrices | undefined => {
		const logged = named ?? nameless;
		if (logged === undefined) {
			return undefined;
		}
		const own = set.get(logged);
		if (own) {
			return own;
		}
		const override = overrides.get(logged);
		const model = typeof override === 'string' ? override : logged;
		for (const [above, prices] of tiers.of(model, time)) {
			if (input > above) {
				return prices;
			}
		}
		return undefined;
	};
	const factored = new Map<ModelPrices, Map<string, ModelPrices>>();
	const withFactors = (prices: ModelPrices, model: string | undefined, factors: PriceFactors): ModelPrices => {
		const factor = totalFactor(model, factors);
		if (!factor) {
			return prices;
		}
		const known = factored.get(prices) ?? new Map<string, ModelPrices>();
		factored.set(prices, known);
		const found = known.get(factor.words) ?? multiplied(prices, factor);
		known.set(factor.words, found);
		return found;
	};
	return {
		find,
		of: request => {
			const {model, time, priceFactors} = request;
			const listed = request.usage && find(model, time, tierInput(request));
			return listed && priceFactors ? withFactors(listed, model ?? nameless, priceFactors) : listed;
		},
		findForPlan: (model, time, input) => find(model, time, input) ?? assumed,
	};
};
