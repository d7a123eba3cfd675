import type {Request} from '../../request.js';
import {costOfLoss} from '../money/cost.js';
import {type Picodollars, toDollars} from '../money/money.js';
import type {PriceList} from '../money/pricing.js';
import type {Measures} from '../sums/measures.js';
import {type Part, priceOfRequest, totalOf} from '../sums/parts.js';
import type {Counted} from './facts.js';
import {type BreakCause, breakCauses} from './loss.js';
import {type PaidTokens, sumOfPaid} from './lost.js';

export type {BreakCause} from './loss.js';

/** A request that lost cached tokens which its thread had in the cache before it. */
export type Break = {
	readonly request: Request;
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or what was seen. */
	readonly detail: string;
	/** True where the provider itself named the cause; all others are inferred. */
	readonly reported: boolean;
	/** Since the request before it in its chain was sent, milliseconds; undefined if there is none in the log. */
	readonly gap: number | undefined;
	/** It may still turn out to be a conversation beside another. */
	readonly provisional: boolean;
	readonly lostTokens: number;
	/** Dollars; undefined without a price. */
	readonly lostCost: number | undefined;
};

/** Tokens that were lost, and dollars; the latter undefined if none of them has a price. */
export type Lost = {readonly lostTokens: number; readonly lostCost: number | undefined};

/** The breaks of one cause. */
export type CauseTotal = Lost & {
	readonly cause: BreakCause;
	/** True where the provider itself named the cause. */
	readonly reported: boolean;
	readonly breaks: number;
	/** Those of them by models without a price: `lostCost` is that of the others. */
	readonly unpriced: number;
};

/** The breaks of a window, in all, one by one and by cause. */
export type Breaks = Lost & {
	/** How many there are. */
	readonly count: number;
	/** Those of them by models without a price: `lostCost` is that of the others. */
	readonly unpriced: number;
	/** The newest of them, oldest first. */
	readonly all: readonly Break[];
	/** By cause, most expensive first. */
	readonly byCause: readonly CauseTotal[];
	/** Of all of them, those that may still turn out to be none. */
	readonly provisional: Lost & {readonly count: number};
};

/**
 * A request's break; undefined if it is none.
 * @param now epoch milliseconds, by the clock of the log
 */
export const breakOf = ({request, facts: {loss}}: Counted, prices: PriceList, now: number): Break | undefined => {
	if (!loss) {
		return undefined;
	}
	const price = priceOfRequest(request, prices);
	return {
		request,
		cause: loss.cause,
		detail: loss.detail,
		reported: loss.cause === 'reported',
		gap: loss.gap,
		provisional: loss.provisionalUntil !== undefined && loss.provisionalUntil > now,
		lostTokens: sumOfPaid(loss),
		lostCost: price && toDollars(costOfLoss(loss, price)),
	};
};

/** What parts lost together. */
export const lossOfParts = (parts: readonly Part[], tokensOf: (measures: Measures) => PaidTokens = allLost): Lost => {
	let tokens = 0;
	let cost: Picodollars | undefined;
	for (const {lane, measures} of parts) {
		const lost = tokensOf(measures);
		const sum = sumOfPaid(lost);
		tokens += sum;
		if (sum > 0 && lane.price) {
			cost = (cost ?? 0n) + costOfLoss(lost, lane.price);
		}
	}
	return {lostTokens: tokens, lostCost: cost === undefined ? undefined : toDollars(cost)};
};

const allLost = ({lostOneHour, lostFiveMinutes, lostInput}: Measures): PaidTokens => ({
	oneHour: lostOneHour,
	fiveMinutes: lostFiveMinutes,
	input: lostInput,
});

/** Losses that are too small to be breaks: how many, their tokens and dollars. */
export type SmallLosses = Lost & {readonly total: number};

/**
 * The small losses of parts that hold all measures.
 * @param size `small`: of caches whose requests mark what is cached. `automatic`: of those that fill by themselves
 */
export const smallLossesOf = (parts: readonly Part[], size: 'small' | 'automatic'): SmallLosses => ({
	total: totalOf(parts)[`${size}Losses`],
	...lossOfParts(parts, measures => ({
		oneHour: measures[`${size}OneHour`],
		fiveMinutes: measures[`${size}FiveMinutes`],
		input: measures[`${size}Input`],
	})),
});

/** Breaks are provisional no longer than this, milliseconds. */
export const longestProvisional = 60 * 60_000;

const provisionalOf = (recent: readonly Break[]): Breaks['provisional'] => {
	const found = recent.filter(({provisional}) => provisional);
	const costs = found.flatMap(({lostCost}) => lostCost ?? []);
	return {
		count: found.length,
		lostTokens: found.reduce((sum, {lostTokens}) => sum + lostTokens, 0),
		lostCost: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined,
	};
};

/**
 * What parts lost by cause.
 * @param newest the breaks that can be looked at one by one
 * @param recent all that may be provisional
 */
export const breaksOf = (parts: readonly Part[], newest: readonly Break[], recent: readonly Break[] = []): Breaks => {
	const total = totalOf(parts);
	const causes = breakCauses.filter(cause => total[`${cause}Breaks`] > 0);
	const unpriced = totalOf(parts.filter(({lane}) => !lane.price));
	return {
		count: total.breaks,
		unpriced: unpriced.breaks,
		all: newest,
		provisional: provisionalOf(recent),
		...lossOfParts(parts),
		byCause: causes
			.map(cause => ({
				cause,
				reported: cause === 'reported',
				breaks: total[`${cause}Breaks`],
				unpriced: unpriced[`${cause}Breaks`],
				...lossOfParts(parts, measures => ({
					oneHour: measures[`${cause}OneHour`],
					fiveMinutes: measures[`${cause}FiveMinutes`],
					input: measures[`${cause}Input`],
				})),
			}))
			.sort((one, other) => (other.lostCost ?? 0) - (one.lostCost ?? 0) || other.lostTokens - one.lostTokens),
	};
};
