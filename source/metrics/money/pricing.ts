import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import type * as GenaiPrices from '@pydantic/genai-prices';
import {inputTokens, type PriceFactors, type Request, untimed} from '../../request.js';
import {lazy} from '../../system/lazy.js';
import {modelKey, withoutContextMark} from '../models/model-key.js';
import {type Picodollars, perToken} from './money.js';
import {findOwnPrices, type ListedPrices, ownPricesOf, tierStart} from './own-prices.js';
import {type TotalFactor, totalFactor} from './price-factors.js';
import {splitModelName} from './provider-names.js';

const genaiPrices = lazy<typeof GenaiPrices>('@pydantic/genai-prices');

/** What one token costs, by what happens to it. */
export type TokenPrices = {
	readonly input: Picodollars;
	readonly cacheRead: Picodollars;
	readonly cacheWrite5m: Picodollars;
	readonly cacheWrite1h: Picodollars;
	/** Undefined where it is not known. */
	readonly output: Picodollars | undefined;
};

/** A model's prices and where they are from. */
export type ModelPrices = TokenPrices & {
	/** `anthropic claude-sonnet-4-5`, `--price`, `Claude Sonnet (assumed)`. */
	readonly from: string;
	/** The 1-hour write price was derived from the model's maker: the provider's data lack it. */
	readonly derived1h: boolean;
};

/** Prices by what a user sets: dollars per million tokens. */
export type PriceOverride = {
	readonly input: number;
	readonly cacheRead: number;
	readonly cacheWrite5m?: number | undefined;
	readonly cacheWrite1h?: number | undefined;
	readonly output?: number | undefined;
};

/** Finds prices by model, date and size of a request; undefined for a model without a known price. */
export type PriceList = {
	/** Prices of a request with usage, by its model, its time, its size and what multiplies them. */
	of(request: Request): ModelPrices | undefined;
	/** List prices. @param time epoch milliseconds  @param input the request's input tokens, which select the tier */
	find(model: string | undefined, time: number, input: number): ModelPrices | undefined;
	/** Prices for a plan of which no usage is known, at the tier of its marked tokens. */
	findForPlan(model: string | undefined, time: number, input: number): ModelPrices;
};

type Listed =
	| number
	| {readonly base: number; readonly tiers: readonly {readonly start: number; readonly price: number}[]};

/** Prices change by date and, at some providers, by the half hour. */
const slot = 30 * 60_000;
const mostCached = 20_000;

const atTier = (price: Listed | undefined, input: number): number | undefined => {
	if (price === undefined || typeof price === 'number') {
		return price;
	}
	let found = price.base;
	for (const tier of price.tiers) {
		if (input > tierStart(tier.start)) {
			found = tier.price;
		}
	}
	return found;
};

/** Claude Sonnet: what a plan-only log is priced with unless a model is named. */
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

const lookUp = (
	logged: string,
	time: number,
): {readonly from: string; readonly prices: Readonly<Record<string, Listed | undefined>>} | undefined => {
	const {provider, model} = splitModelName(withoutContextMark(logged));
	const timestamp = new Date(time);
	const find = (options: {providerId?: string}) => {
		try {
			return genaiPrices().calcPrice({input_tokens: 1}, model, {...options, timestamp}) ?? undefined;
		} catch {
			return undefined;
		}
	};
	// A provider that the data does not know may still serve a model that it knows by its own name.
	const found = (provider === undefined ? undefined : find({providerId: provider})) ?? find({});
	return (
		found && {
			from: `${found.provider.id} ${found.model.id}`,
			prices: found.model_price as Record<string, Listed | undefined>,
		}
	);
};

const toPrices = (
	logged: string,
	listed: NonNullable<ReturnType<typeof lookUp>>,
	input: number,
): ModelPrices | undefined => {
	const at = (name: string) => atTier(listed.prices[name], input);
	const base = at('input_mtok');
	if (base === undefined) {
		return undefined;
	}
	const output = at('output_mtok');
	const write5m = at('cache_write_mtok');
	const write1h = at('cache_write_1h_mtok');
	// Anthropic writes for an hour at 2 × input wherever its models are served; some providers' data lack that price.
	const derived1h = write1h === undefined && /claude|anthropic/.test(logged.toLowerCase());
	return {
		input: perToken(base),
		cacheRead: perToken(at('cache_read_mtok') ?? base),
		// No price for writing means that writing is not charged on top: the tokens cost what input costs.
		cacheWrite5m: perToken(write5m ?? base),
		cacheWrite1h: perToken(write1h ?? (derived1h ? 2 * base : (write5m ?? base))),
		output: output === undefined ? undefined : perToken(output),
		from: listed.from,
		derived1h,
	};
};

/** The version of the prices that are in use: of the published data, and of what corrects them. */
export const publishedPrices = (): string => `${publishedVersion()}, corrected ${ownPricesOf}`;

/** The bundle has it put in: finding the package takes longer than the rest of a short report. */
const publishedVersion = (): string => {
	const built = process.env.GENAI_PRICES_VERSION;
	if (built !== undefined) {
		return built;
	}
	const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
	return (JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')) as {version: string}).version;
};

/** A model's prices by the input from which they hold, largest first. */
type Tiers = readonly (readonly [above: number, prices: ModelPrices])[];

const toTiers = (logged: string, listed: NonNullable<ReturnType<typeof lookUp>>): Tiers => {
	const starts = Object.values(listed.prices).flatMap(price =>
		typeof price === 'object' ? price.tiers.map(tier => tierStart(tier.start)) : [],
	);
	return [...new Set([-1, ...starts])]
		.sort((one, other) => other - one)
		.flatMap(above => {
			const prices = toPrices(logged, listed, above + 1);
			return prices ? [[above, prices] as const] : [];
		});
};

/** The last instant that a `Date` can hold. */
const latestDate = 8.64e15;

/** From the table of our own where it has the model, else from published data. */
const tiersOf = (model: string, told: number): Tiers => {
	// Without a time, today's prices are the likeliest: the latest there are.
	const time = told === untimed ? latestDate : told;
	const own = findOwnPrices(model, time);
	if (own) {
		return own.map(([above, prices]) => [above, {...fromListed(prices), from: `published ${modelKey(model)}`}]);
	}
	const listed = lookUp(model, time);
	return listed ? toTiers(model, listed) : [];
};

const fromListed = ({input, cacheRead, cacheWrite5m, cacheWrite1h, output}: ListedPrices) => ({
	input: perToken(input),
	cacheRead: perToken(cacheRead),
	cacheWrite5m: perToken(cacheWrite5m),
	cacheWrite1h: perToken(cacheWrite1h),
	output: perToken(output),
	derived1h: false,
});

const multiplied = (prices: ModelPrices, {times, by, words}: TotalFactor): ModelPrices => {
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

/** The input that selects the tier: of the largest call, where a request sums several. */
const tierInput = ({usage, iterations}: Request): number =>
	iterations && iterations.length > 0 ? Math.max(...iterations.map(inputTokens)) : usage ? inputTokens(usage) : 0;

/**
 * Prices from published data, by model and by date of the request; overrides win.
 * @param overrides by logged model name: its prices, or the model whose prices it has
 * @param nameless the model that requests are priced as whose log names none
 */
export const priceList = (
	overrides: ReadonlyMap<string, PriceOverride | string> = new Map(),
	nameless?: string | undefined,
): PriceList => {
	const cache = new Map<string, Map<number, Tiers>>();
	let cached = 0;
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
		const since = Math.floor(time / slot);
		let tiers = cache.get(model)?.get(since);
		if (tiers === undefined) {
			if (cached >= mostCached) {
				cache.clear();
				cached = 0;
			}
			cached++;
			tiers = tiersOf(model, time);
			const ofModel = cache.get(model) ?? new Map<number, Tiers>();
			cache.set(model, ofModel.set(since, tiers));
		}
		return tiers.find(([above]) => input > above)?.[1];
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
