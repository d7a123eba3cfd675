import {inputTokens} from '../../request.js';
import {choosesLifetime} from '../breaks/lifetime.js';
import type {Part} from '../sums/parts.js';
import {costOf} from './cost.js';
import {type Picodollars, priceOf, toDollars} from './money.js';
import type {ModelPrices} from './pricing.js';

/** Caching policies: as actually used, no cache, or all writes for five minutes or for an hour. */
export const policies = ['as-is', 'no-cache', 'five-minutes', 'one-hour'] as const;
/** One of `policies`. */
export type Policy = (typeof policies)[number];

/** The cost of the same requests' input under a policy, in dollars. */
export type PolicyCost = {
	readonly policy: Policy;
	readonly cost: number;
	/** Savings compared to no caching. */
	readonly savings: number;
};

/** The policies replayed over some requests. */
export type WhatIf = {
	/** In the order of `policies`; without lifetimes if no provider lets requests choose one. */
	readonly costs: readonly PolicyCost[];
	/** The cheapest policy that can be chosen; undefined if they cost the same. */
	readonly cheapest: Exclude<Policy, 'as-is'> | undefined;
	/** True if no policy is cheaper than the actual use, and at least one is more expensive. */
	readonly isPaidCheapest: boolean;
};

/** The assumption of every replay, shown next to its numbers. */
export const assumption =
	'Replays the same requests under each policy. A cache that is still alive is read up to the previous request; an expired one is written again.';

/**
 * The actual cost, or the cost if all writes had the same lifetime: other tokens are then read, and the rest is
 * written.
 */
const costUnder = (policy: Policy, {lane: {model}, measures}: Part, prices: ModelPrices): Picodollars => {
	if (policy === 'no-cache') {
		return costOf(measures, prices).without;
	}
	if (policy === 'as-is' || !choosesLifetime(model)) {
		return costOf(measures, prices).with;
	}
	const {uncached, cacheRead, cacheWrite5m, cacheWrite1h} = measures;
	const hourly = policy === 'one-hour';
	const read = hourly ? measures.readOneHour : measures.readFiveMinutes;
	const written = cacheRead + cacheWrite5m + cacheWrite1h - read;
	return (
		priceOf(uncached, prices.input) +
		priceOf(read, prices.cacheRead) +
		priceOf(written, hourly ? prices.cacheWrite1h : prices.cacheWrite5m)
	);
};

/**
 * The cost of measured requests under each policy; undefined if none has a price. The policy that was in force
 * reproduces the measured cost exactly.
 */
export const whatIfOf = (parts: readonly Part[]): WhatIf | undefined => {
	const priced = parts.flatMap(part =>
		part.lane.price && inputTokens(part.measures) > 0 ? [{price: part.lane.price, part}] : [],
	);
	if (priced.every(({part}) => part.measures.measured === 0)) {
		return undefined;
	}
	const offered = priced.some(({part}) => choosesLifetime(part.lane.model))
		? policies
		: policies.filter(policy => policy === 'as-is' || policy === 'no-cache');
	const totals = new Map<Policy, Picodollars>(
		offered.map(policy => [policy, priced.reduce((sum, {price, part}) => sum + costUnder(policy, part, price), 0n)]),
	);
	const none = totals.get('no-cache') ?? 0n;
	const costs = [...totals].map(([policy, cost]) => ({
		policy,
		cost: toDollars(cost),
		savings: toDollars(none - cost),
	}));
	const paid = totals.get('as-is') ?? 0n;
	return {
		costs,
		cheapest: cheapestOf(totals),
		isPaidCheapest: isLeast(paid, [...totals.values()]),
	};
};

const isLeast = (paid: Picodollars, costs: readonly Picodollars[]): boolean =>
	costs.every(cost => cost >= paid) && costs.some(cost => cost > paid);

const cheapestOf = (totals: ReadonlyMap<Policy, Picodollars>): WhatIf['cheapest'] => {
	const choices = (['no-cache', 'five-minutes', 'one-hour'] as const).flatMap(policy => {
		const cost = totals.get(policy);
		return cost === undefined ? [] : {policy, cost};
	});
	const [best, next] = choices.sort((one, other) => (one.cost < other.cost ? -1 : one.cost > other.cost ? 1 : 0));
	return best && next && best.cost < next.cost ? best.policy : undefined;
};
