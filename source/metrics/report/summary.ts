import {inputTokens, type Usage} from '../../request.js';
import {costOf} from '../money/cost.js';
import {type Picodollars, priceOf, toDollars} from '../money/money.js';
import type {Measures} from '../sums/measure-sums.js';
import {type Part, totalOf} from '../sums/parts.js';

/** What figures are based on: usage reported by the provider, or only what the application planned to cache. */
export const bases = ['measured', 'planned'] as const;
/** One of `bases`. */
export type Basis = (typeof bases)[number];
/** The words for a hit rate, best first; see `statusOf`. */
export const statuses = ['Excellent', 'Good', 'Fair', 'Poor'] as const;
/** One of `statuses`. */
export type Status = (typeof statuses)[number];

/** Hits, tokens and money of a set of requests. Rates are 0–1, money is dollars, unknown is undefined. */
export type Summary = {
	/** Undefined if there are no requests. */
	readonly basis: Basis | undefined;
	/** All of them: hits + misses + unmeasured. This is what "requests" means everywhere. */
	readonly requests: number;
	/** hits + misses, which the hit rate refers to: the measured requests, or all with a planned basis. */
	readonly rated: number;
	readonly hits: number;
	readonly misses: number;
	readonly hitRate: number | undefined;
	readonly status: Status | undefined;
	/** Plans, whatever the basis: of the requests that have one. */
	readonly planned: {readonly hits: number; readonly misses: number; readonly hitRate: number | undefined};
	/** Requests without usage, with a measured basis: neither hits nor misses. */
	readonly unmeasured: number;
	/** Requests whose usage the application estimated, or that the log reports only in part. */
	readonly estimated: number;
	readonly tokens: Omit<Usage, 'accuracy' | 'cacheUnknown'> & {
		readonly input: number;
		readonly written: number;
		/** Uncached tokens of requests whose log says nothing about the cache. */
		readonly cacheUnknown: number;
	};
	readonly tokenHitRate: number | undefined;
	/** Read from the cache; planned: in the marked blocks of hits. Undefined if the log reports no tokens. */
	readonly tokensSaved: number | undefined;
	readonly tokensPerHit: number | undefined;
	readonly money: Money;
};

/** Cost of the input of a set of requests, with and without the cache, in dollars; undefined without a price. */
export type Money = {
	readonly withoutCache: number | undefined;
	readonly withCache: number | undefined;
	readonly grossSavings: number | undefined;
	/** Undefined with a planned basis, because the written tokens are unknown. */
	readonly writePremium: number | undefined;
	/** Negative for a loss. */
	readonly netSavings: number | undefined;
	/** Net savings / cost without the cache. */
	readonly savingsRate: number | undefined;
	/** Average number of times that a written token was read. */
	readonly writeAmortization: number | undefined;
	/** Cost of output tokens, which does not depend on the cache and is in none of the other figures. */
	readonly outputCost: number | undefined;
	/** Priced input / input. */
	readonly coverage: number | undefined;
	/** The prices, if they were assumed rather than looked up. */
	readonly assumedPrices: string | undefined;
};

/** A part of a whole as 0–1; undefined if the whole is 0. */
export const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

/** The word for a hit rate (0–1): from 80 % `Excellent`, from 60 % `Good`, from 40 % `Fair`, else `Poor`. */
export const statusOf = (hitRate: number | undefined): Status | undefined => {
	if (hitRate === undefined) {
		return undefined;
	}
	return hitRate >= 0.8 ? 'Excellent' : hitRate >= 0.6 ? 'Good' : hitRate >= 0.4 ? 'Fair' : 'Poor';
};

/** Measured if any request is, or if nothing was planned; undefined without requests. */
export const basisOf = ({requests, measured, planned}: Measures): Basis | undefined =>
	requests === 0 ? undefined : measured > 0 || planned === 0 ? 'measured' : 'planned';

/** The figures of parts; a group gets the basis of its window. */
export const summaryOf = (parts: readonly Part[], basis?: Basis): Summary => {
	const total = totalOf(parts);
	const found = basis ?? basisOf(total);
	return found === 'planned' ? planSummary(parts, total) : usageSummary(parts, total, found);
};

/** If the log level hides blocks, there may be more hits than are known. */
const planCounts = ({planned, plannedHits, hiddenPlans}: Measures) => ({
	hits: plannedHits,
	misses: planned - plannedHits,
	hitRate: hiddenPlans > 0 && plannedHits < planned ? undefined : ratio(plannedHits, planned),
});

const usageSummary = (parts: readonly Part[], total: Measures, basis: Basis | undefined): Summary => {
	const {measured, hits, uncached, cacheRead, cacheWrite5m, cacheWrite1h, output, cacheUnknownInput} = total;
	const written = cacheWrite5m + cacheWrite1h;
	const input = uncached + cacheRead + written;
	const hitRate = ratio(hits, measured);
	return {
		basis,
		requests: total.requests,
		rated: measured,
		hits,
		misses: measured - hits,
		hitRate,
		status: statusOf(hitRate),
		planned: planCounts(total),
		unmeasured: total.requests - measured,
		estimated: total.estimated,
		tokens: {uncached, cacheRead, cacheWrite5m, cacheWrite1h, output, input, written, cacheUnknown: cacheUnknownInput},
		tokenHitRate: ratio(cacheRead, input - cacheUnknownInput),
		tokensSaved: measured > 0 ? cacheRead : undefined,
		tokensPerHit: ratio(cacheRead, hits),
		money: usageMoney(parts, total),
	};
};

const usageMoney = (parts: readonly Part[], total: Measures): Money => {
	let pricedInput = 0;
	let without = 0n;
	let withCache = 0n;
	let gross = 0n;
	let premium = 0n;
	let output: Picodollars | undefined;
	for (const {lane, measures} of parts) {
		if (!lane.price || inputTokens(measures) + measures.output === 0) {
			continue;
		}
		const cost = costOf(measures, lane.price);
		pricedInput += inputTokens(measures);
		without += cost.without;
		withCache += cost.with;
		gross += cost.gross;
		premium += cost.premium;
		if (lane.price.output !== undefined) {
			output = (output ?? 0n) + priceOf(measures.output, lane.price.output);
		}
	}
	const dollars = (amount: Picodollars) => (pricedInput > 0 ? toDollars(amount) : undefined);
	// Unknown reads and writes are not a saving of 0.
	const saved = (amount: Picodollars) => (total.measured > 0 ? dollars(amount) : undefined);
	return {
		withoutCache: dollars(without),
		withCache: dollars(withCache),
		grossSavings: saved(gross),
		writePremium: saved(premium),
		netSavings: saved(without - withCache),
		savingsRate:
			total.measured > 0 && pricedInput > 0 && without > 0n
				? toDollars(without - withCache) / toDollars(without)
				: undefined,
		writeAmortization: ratio(total.cacheRead, total.cacheWrite5m + total.cacheWrite1h),
		outputCost: output === undefined ? undefined : toDollars(output),
		coverage: ratio(pricedInput, inputTokens(total)),
		assumedPrices: undefined,
	};
};

const noTokens = {
	uncached: 0,
	cacheRead: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	output: 0,
	input: 0,
	written: 0,
	cacheUnknown: 0,
};

const planSummary = (parts: readonly Part[], total: Measures): Summary => {
	const {requests, plannedHits: hits, marked} = total;
	const known = total.markedBlocks > 0;
	const hitRate = ratio(hits, requests);
	return {
		basis: 'planned',
		requests,
		rated: requests,
		hits,
		misses: requests - hits,
		hitRate,
		status: statusOf(hitRate),
		planned: {hits, misses: requests - hits, hitRate},
		unmeasured: 0,
		estimated: 0,
		tokens: noTokens,
		tokenHitRate: undefined,
		tokensSaved: known ? marked : undefined,
		tokensPerHit: known ? ratio(marked, hits) : undefined,
		money: planMoney(
			parts.filter(({measures}) => measures.plannedHits > 0),
			known,
		),
	};
};

const planMoney = (parts: readonly Part[], known: boolean): Money => {
	let without = 0n;
	let withCache = 0n;
	const assumed = new Set<string>();
	for (const {lane, measures} of parts) {
		if (lane.price) {
			assumed.add(lane.price.from);
			without += priceOf(measures.marked, lane.price.input);
			withCache += priceOf(measures.marked, lane.price.cacheRead);
		}
	}
	const dollars = (amount: Picodollars) => (known ? toDollars(amount) : undefined);
	return {
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
	};
};
