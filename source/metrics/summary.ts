import {inputTokens, type Request, type Usage, writtenTokens} from '../request.js';
import {type Picodollars, priceOf, toDollars} from './money.js';
import type {ModelPrices, PriceList} from './pricing.js';

export type Basis = 'measured' | 'planned';
export type Status = 'Excellent' | 'Good' | 'Fair' | 'Poor';

/** Hits, tokens and money of a set of requests. Rates are 0–1, money is dollars, unknown is undefined. */
export type Summary = {
	/** Undefined where there are no requests. */
	readonly basis: Basis | undefined;
	/** hits + misses. */
	readonly requests: number;
	readonly hits: number;
	readonly misses: number;
	readonly hitRate: number | undefined;
	readonly status: Status | undefined;
	/** What was planned, whatever the basis: over the requests that carry a plan. */
	readonly planned: {readonly hits: number; readonly misses: number; readonly hitRate: number | undefined};
	/** Requests without usage under a measured basis: neither hits nor misses. */
	readonly unmeasured: number;
	/** Requests whose usage the application estimated, or that the log tells only in part. */
	readonly estimated: number;
	readonly tokens: Omit<Usage, 'accuracy'> & {readonly input: number; readonly written: number};
	readonly tokenHitRate: number | undefined;
	/** Read from the cache; planned: in the marked blocks of hits. Undefined where the log tells no tokens. */
	readonly tokensSaved: number | undefined;
	readonly tokensPerHit: number | undefined;
	readonly money: Money;
};

export type Money = {
	readonly withoutCache: number | undefined;
	readonly withCache: number | undefined;
	readonly grossSavings: number | undefined;
	/** Undefined for a planned basis: what was written is not known. */
	readonly writePremium: number | undefined;
	/** May be negative: a loss. */
	readonly netSavings: number | undefined;
	/** Net savings / cost without cache. */
	readonly savingsRate: number | undefined;
	/** How often a written token was read. */
	readonly writeAmortization: number | undefined;
	/** Output tokens cost the same either way and are in none of the above. */
	readonly outputCost: number | undefined;
	/** Priced input / input. */
	readonly coverage: number | undefined;
	/** The prices used where they were assumed rather than looked up. */
	readonly assumedPrices: string | undefined;
};

export const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

export const statusOf = (hitRate: number | undefined): Status | undefined => {
	if (hitRate === undefined) {
		return undefined;
	}
	return hitRate >= 0.8 ? 'Excellent' : hitRate >= 0.6 ? 'Good' : hitRate >= 0.4 ? 'Fair' : 'Poor';
};

/** Whether the plan marked anything for caching. */
export const isPlannedHit = (request: Request): boolean => (request.plan?.blocks.length ?? 0) > 0;

/** What one request cost with and without the cache; picodollars. */
export const costOf = (
	usage: Usage,
	prices: ModelPrices,
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

/** Measured as soon as one request carries usage. */
export const basisOf = (requests: readonly Request[]): Basis | undefined => {
	if (requests.length === 0) {
		return undefined;
	}
	return requests.some(request => request.usage) ? 'measured' : 'planned';
};

/** Adds up requests on the basis given, which a group takes from its window. */
export const summarize = (requests: readonly Request[], prices: PriceList, basis = basisOf(requests)): Summary =>
	basis === 'planned' ? summarizePlans(requests, prices) : summarizeUsage(requests, prices, basis);

const planCounts = (requests: readonly Request[]) => {
	const withPlan = requests.filter(request => request.plan);
	const hits = withPlan.filter(isPlannedHit).length;
	return {hits, misses: withPlan.length - hits, hitRate: ratio(hits, withPlan.length)};
};

const noTokens = {uncached: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0};

const summarizeUsage = (requests: readonly Request[], prices: PriceList, basis: Basis | undefined): Summary => {
	const tokens = {...noTokens};
	let hits = 0;
	let measured = 0;
	let estimated = 0;
	let pricedInput = 0;
	let without = 0n;
	let withCache = 0n;
	let gross = 0n;
	let premium = 0n;
	let output = 0n;
	let outputKnown = false;
	for (const request of requests) {
		const {usage} = request;
		if (!usage) {
			continue;
		}
		measured++;
		hits += usage.cacheRead > 0 ? 1 : 0;
		estimated += usage.accuracy === 'exact' ? 0 : 1;
		tokens.uncached += usage.uncached;
		tokens.cacheRead += usage.cacheRead;
		tokens.cacheWrite5m += usage.cacheWrite5m;
		tokens.cacheWrite1h += usage.cacheWrite1h;
		tokens.output += usage.output;
		const input = inputTokens(usage);
		const price = prices.of(request);
		if (price) {
			const cost = costOf(usage, price);
			pricedInput += input;
			without += cost.without;
			withCache += cost.with;
			gross += cost.gross;
			premium += cost.premium;
			if (price.output !== undefined) {
				outputKnown = true;
				output += priceOf(usage.output, price.output);
			}
		}
	}
	const input = tokens.uncached + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
	const written = writtenTokens({...tokens, accuracy: 'exact'});
	const priced = pricedInput > 0;
	const dollars = (amount: Picodollars) => (priced ? toDollars(amount) : undefined);
	const hitRate = ratio(hits, measured);
	return {
		basis,
		requests: measured,
		hits,
		misses: measured - hits,
		hitRate,
		status: statusOf(hitRate),
		planned: planCounts(requests),
		unmeasured: requests.length - measured,
		estimated,
		tokens: {...tokens, input, written},
		tokenHitRate: ratio(tokens.cacheRead, input),
		tokensSaved: measured > 0 ? tokens.cacheRead : undefined,
		tokensPerHit: ratio(tokens.cacheRead, hits),
		money: {
			withoutCache: dollars(without),
			withCache: dollars(withCache),
			grossSavings: dollars(gross),
			writePremium: dollars(premium),
			netSavings: dollars(without - withCache),
			savingsRate: priced && without > 0n ? toDollars(without - withCache) / toDollars(without) : undefined,
			writeAmortization: ratio(tokens.cacheRead, written),
			outputCost: outputKnown ? toDollars(output) : undefined,
			coverage: ratio(pricedInput, input),
			assumedPrices: undefined,
		},
	};
};

const summarizePlans = (requests: readonly Request[], prices: PriceList): Summary => {
	let hits = 0;
	let tokens = 0;
	let known = false;
	let without = 0n;
	let withCache = 0n;
	const assumed = new Set<string>();
	for (const request of requests) {
		if (!isPlannedHit(request)) {
			continue;
		}
		hits++;
		let marked = 0;
		for (const block of request.plan?.blocks ?? []) {
			if (block.tokens !== undefined) {
				marked += block.tokens;
				known = true;
			}
		}
		tokens += marked;
		const price = prices.findForPlan(request.model, request.time, marked);
		assumed.add(price.from);
		without += priceOf(marked, price.input);
		withCache += priceOf(marked, price.cacheRead);
	}
	const dollars = (amount: Picodollars) => (known ? toDollars(amount) : undefined);
	const hitRate = ratio(hits, requests.length);
	return {
		basis: 'planned',
		requests: requests.length,
		hits,
		misses: requests.length - hits,
		hitRate,
		status: statusOf(hitRate),
		planned: {hits, misses: requests.length - hits, hitRate},
		unmeasured: 0,
		estimated: 0,
		tokens: {...noTokens, input: 0, written: 0},
		tokenHitRate: undefined,
		tokensSaved: known ? tokens : undefined,
		tokensPerHit: known ? ratio(tokens, hits) : undefined,
		money: {
			withoutCache: dollars(without),
			withCache: dollars(withCache),
			grossSavings: dollars(without - withCache),
			writePremium: undefined,
			netSavings: dollars(without - withCache),
			savingsRate: without > 0n ? toDollars(without - withCache) / toDollars(without) : undefined,
			writeAmortization: undefined,
			outputCost: undefined,
			coverage: undefined,
			assumedPrices: assumed.size > 0 ? [...assumed].sort().join(', ') : undefined,
		},
	};
};
