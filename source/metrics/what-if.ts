import {type Request, type Usage, writtenTokens} from '../request.js';
import {firstLifetimes, lifetimeOf} from './lifetime.js';
import {type Picodollars, priceOf, toDollars} from './money.js';
import type {ModelPrices, PriceList} from './pricing.js';
import {costOf} from './summary.js';

/** How the cache could have been used: as it was, not at all, or with every write for 5 minutes or for an hour. */
export const policies = ['as-is', 'no-cache', 'five-minutes', 'one-hour'] as const;
export type Policy = (typeof policies)[number];

/** What the input of the same requests would have cost under a policy; dollars. */
export type PolicyCost = {
	readonly policy: Policy;
	readonly cost: number;
	/** Against no caching at all. */
	readonly savings: number;
};

/** The policies replayed over a set of requests. */
export type WhatIf = {
	/** In the order of `policies`. */
	readonly costs: readonly PolicyCost[];
	/** Of the three that can be chosen; undefined where none is cheaper than another. */
	readonly cheapest: Exclude<Policy, 'as-is'> | undefined;
};

/** What every replay assumes, to be shown beside its numbers. */
export const assumption =
	'The same requests at the same times. A cache that would have lived is read as far as the request before it reached; one that would have expired is written again.';

const minute = 60_000;

type Before = {readonly request: Request; readonly cached: number; readonly lifetime: number};

/** What a request would have read had the cache lived for `lifetime`, and the request before it been `before`. */
const readUnder = (request: Request, usage: Usage, before: Before | undefined, lifetime: number): number => {
	if (!before) {
		return usage.cacheRead;
	}
	const gap = request.time - before.request.time;
	const lives = gap <= lifetime;
	const lived = gap <= before.lifetime;
	if (lives === lived) {
		return usage.cacheRead;
	}
	if (!lives) {
		return 0;
	}
	const samePrefix = request.model === before.request.model && !request.rebuilt && request.missReason === undefined;
	return samePrefix
		? Math.max(usage.cacheRead, Math.min(before.cached, usage.cacheRead + writtenTokens(usage)))
		: usage.cacheRead;
};

const costUnder = (
	policy: Policy,
	request: Request,
	usage: Usage,
	before: Before | undefined,
	prices: ModelPrices,
): Picodollars => {
	if (policy === 'no-cache') {
		return costOf(usage, prices).without;
	}
	if (policy === 'as-is') {
		return costOf(usage, prices).with;
	}
	const hourly = policy === 'one-hour';
	const read = readUnder(request, usage, before, (hourly ? 60 : 5) * minute);
	const written = usage.cacheRead + writtenTokens(usage) - read;
	return (
		priceOf(usage.uncached, prices.input) +
		priceOf(read, prices.cacheRead) +
		priceOf(written, hourly ? prices.cacheWrite1h : prices.cacheWrite5m)
	);
};

/**
 * Replays measured requests, oldest first, under each policy. Undefined where none of them has a price.
 * The policy that was in force reproduces the measured cost to the last digit.
 */
export const replay = (requests: readonly Request[], prices: PriceList): WhatIf | undefined => {
	const totals = new Map<Policy, Picodollars>(policies.map(policy => [policy, 0n]));
	const threads = new Map<string, Before>();
	const firstLifetime = firstLifetimes(requests);
	let priced = false;
	for (const request of requests) {
		const {usage, thread} = request;
		if (!usage) {
			continue;
		}
		const before = thread === undefined ? undefined : threads.get(thread);
		const price = prices.of(request);
		if (price) {
			priced = true;
			for (const policy of policies) {
				totals.set(policy, (totals.get(policy) ?? 0n) + costUnder(policy, request, usage, before, price));
			}
		}
		if (thread !== undefined) {
			threads.set(thread, {
				request,
				cached: usage.cacheRead + writtenTokens(usage),
				lifetime: lifetimeOf(usage, before?.lifetime ?? firstLifetime(thread)),
			});
		}
	}
	if (!priced) {
		return undefined;
	}
	const none = totals.get('no-cache') ?? 0n;
	const costs = policies.map(policy => {
		const cost = totals.get(policy) ?? 0n;
		return {policy, cost: toDollars(cost), savings: toDollars(none - cost)};
	});
	return {costs, cheapest: cheapestOf(totals)};
};

const cheapestOf = (totals: ReadonlyMap<Policy, Picodollars>): WhatIf['cheapest'] => {
	const choices = (['no-cache', 'five-minutes', 'one-hour'] as const).map(policy => ({
		policy,
		cost: totals.get(policy) ?? 0n,
	}));
	const [best, next] = choices.sort((one, other) => (one.cost < other.cost ? -1 : one.cost > other.cost ? 1 : 0));
	return best && next && best.cost < next.cost ? best.policy : undefined;
};
