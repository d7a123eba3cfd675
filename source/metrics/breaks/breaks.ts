import type {Request} from '../../request.js';
import {costOfLoss} from '../money/cost.js';
import {type Picodollars, toDollars} from '../money/money.js';
import type {PriceList} from '../money/pricing.js';
import type {Measures} from '../sums/measure-sums.js';
import {type Part, priceOfRequest, totalOf} from '../sums/parts.js';
import type {Counted} from './facts.js';
import {type BreakCause, breakCauses} from './loss.js';
import {type PaidTokens, sumOfPaid} from './paid-tokens.js';

export type {BreakCause} from './loss.js';

/** A request that lost tokens which its thread had in the cache. */
export type Break = {
	readonly request: Request;
	readonly cause: BreakCause;
	/** One phrase: the provider's own reason, or the evidence. */
	readonly detail: string;
	/** True if the provider itself reported the cause; otherwise it is inferred. */
	readonly reported: boolean;
	/** Milliseconds since the previous request of its chain was sent; undefined if the log has none. */
	readonly gap: number | undefined;
	/** True while the request may still turn out to belong to another, parallel chain. */
	readonly provisional: boolean;
	readonly lostTokens: number;
	/** Dollars; undefined without a price. */
	readonly lostCost: number | undefined;
};

/** Lost tokens and dollars; the latter undefined if no price is known. */
export type Lost = {readonly lostTokens: number; readonly lostCost: number | undefined};

/** The breaks of one cause. */
export type CauseTotal = Lost & {
	readonly cause: BreakCause;
	/** True if the provider itself reported the cause. */
	readonly reported: boolean;
	readonly breaks: number;
	/** Number of breaks without a price, which `lostCost` does not include. */
	readonly unpriced: number;
};

/** The breaks of a window: total, list, and by cause. */
export type Breaks = Lost & {
	/** Number of breaks. */
	readonly count: number;
	/** Number of breaks without a price, which `lostCost` does not include. */
	readonly unpriced: number;
	/** The newest breaks, oldest first. */
	readonly all: readonly Break[];
	/** By cause, most expensive first. */
	readonly byCause: readonly CauseTotal[];
	/** The provisional breaks among them, which may still turn out to be none. */
	readonly provisional: Lost & {readonly count: number};
};

/**
 * The break at a request; undefined if there is none.
 * @param now epoch milliseconds, by the log's clock
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

/** The total loss of parts. */
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

/** Losses that are too small to be breaks: their number, tokens and dollars. */
export type SmallLosses = Lost & {readonly total: number};

/**
 * The small losses of parts with all measures.
 * @param size `small`: of caches whose requests mark what is cached; `automatic`: of caches that the provider fills
 */
export const smallLossesOf = (parts: readonly Part[], size: 'small' | 'automatic'): SmallLosses => ({
	total: totalOf(parts)[`${size}Losses`],
	...lossOfParts(parts, measures => ({
		oneHour: measures[`${size}OneHour`],
		fiveMinutes: measures[`${size}FiveMinutes`],
		input: measures[`${size}Input`],
	})),
});

/** Milliseconds after which a break is no longer provisional. */
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
 * The breaks of parts, in total and by cause.
 * @param newest the listed breaks
 * @param recent all breaks that may be provisional
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
