import type {Break} from '../../metrics/breaks/breaks.js';
import {billedTokens, isMeasured} from '../../metrics/measured.js';
import {costOf} from '../../metrics/money/cost.js';
import {priceOf, toDollars} from '../../metrics/money/money.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import {isPlannedHit} from '../../metrics/plan.js';
import type {Report} from '../../metrics/report/report.js';
import type {Basis} from '../../metrics/report/summary.js';
import type {Request} from '../../request.js';

/** One request as listed in exports. Money is in dollars; unknown is undefined. */
export type RequestRow = {
	readonly request: Request;
	/** `unmeasured`: neither hit nor miss, because the log does not report what was read from the cache. */
	readonly type: 'hit' | 'miss' | 'unmeasured';
	/** Tokens read from the cache; for planned requests, those in the marked blocks. 0 for a miss. */
	readonly tokens: number | undefined;
	/** The highest cache block that was marked. */
	readonly block: number | undefined;
	readonly cost: RequestCost | undefined;
	/** The break at this request; undefined if there is none. */
	readonly lost: Break | undefined;
};

type RequestCost = {
	readonly withoutCache: number;
	readonly withCache: number;
	readonly savings: number;
	/** Undefined for planned requests. */
	readonly output: number | undefined;
};

/** The requests of a report, oldest first. Their costs add up to the report's. */
export const rowsOf = (report: Report, prices: PriceList): readonly RequestRow[] => {
	const breaks = new Map(report.breaks.all.map(found => [found.request.id, found]));
	return report.requests.map(request => {
		const type = typeOf(request, report.summary.basis);
		const blocks = request.plan?.blocks.map(({number}) => number) ?? [];
		const measured = report.summary.basis === 'measured';
		return {
			request,
			type,
			tokens: measured ? request.usage?.cacheRead : markedTokens(request),
			block: blocks.length > 0 ? Math.max(...blocks) : undefined,
			cost: measured ? measuredCost(request, prices) : plannedCost(request, prices),
			lost: breaks.get(request.id),
		};
	});
};

const typeOf = (request: Request, basis: Basis | undefined): RequestRow['type'] => {
	if (basis === 'planned') {
		return isPlannedHit(request) ? 'hit' : 'miss';
	}
	if (!isMeasured(request)) {
		return 'unmeasured';
	}
	return request.usage.cacheRead > 0 ? 'hit' : 'miss';
};

/** 0 if nothing was marked; undefined if something was marked but the log does not report its tokens. */
const markedTokens = ({plan}: Request): number | undefined => {
	const tokens = plan?.blocks.map(block => block.tokens) ?? [];
	const told = tokens.filter(number => number !== undefined);
	return tokens.length > 0 && told.length === 0 ? undefined : told.reduce((sum, number) => sum + number, 0);
};

const measuredCost = (request: Request, prices: PriceList): RequestCost | undefined => {
	const {usage} = request;
	const price = prices.of(request);
	if (!usage || !price) {
		return undefined;
	}
	const cost = costOf(billedTokens(usage), price);
	return {
		withoutCache: toDollars(cost.without),
		withCache: toDollars(cost.with),
		savings: toDollars(cost.without - cost.with),
		output: price.output === undefined ? undefined : toDollars(priceOf(usage.output, price.output)),
	};
};

const plannedCost = (request: Request, prices: PriceList): RequestCost | undefined => {
	const tokens = markedTokens(request);
	if (tokens === undefined || !isPlannedHit(request)) {
		return undefined;
	}
	const price = prices.findForPlan(request.model, request.time, tokens);
	const without = priceOf(tokens, price.input);
	const cached = priceOf(tokens, price.cacheRead);
	return {
		withoutCache: toDollars(without),
		withCache: toDollars(cached),
		savings: toDollars(without - cached),
		output: undefined,
	};
};
