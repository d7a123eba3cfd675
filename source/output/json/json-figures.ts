import type {Breaks, Lost} from '../../metrics/breaks/breaks.js';
import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import type {Group} from '../../metrics/groups.js';
import type {WhatIf} from '../../metrics/money/what-if.js';
import type {Summary} from '../../metrics/summary.js';
import type {Window} from '../../metrics/windows/window.js';
import {decimal, dollars, instant, knownDollars, orNull, percentage} from './json-values.js';
import type {BreaksJson} from './schema/breaks.js';
import type {CoreFiguresJson, MoreFiguresJson} from './schema/figures.js';
import type {GroupJson} from './schema/group.js';

/** The figures that every reader of the JSON wants first. */
export const coreFigures = ({
	requests,
	hits,
	misses,
	hitRate,
	tokensSaved,
	tokensPerHit,
	money,
}: Summary): CoreFiguresJson => ({
	total_events: requests,
	cache_hits: hits,
	cache_misses: misses,
	hit_rate: percentage(hitRate),
	total_tokens_saved: orNull(tokensSaved),
	avg_tokens_per_hit: decimal(tokensPerHit),
	original_cost: dollars(money.withoutCache),
	cached_cost: dollars(money.withCache),
	savings: dollars(money.netSavings),
	savings_percent: percentage(money.savingsRate),
});

/** The figures beyond those. */
export const moreFigures = (summary: Summary): MoreFiguresJson => {
	const {tokens, money, planned} = summary;
	// Where nothing was measured the sums are empty, which is not the same as zero.
	const measured = (value: number) => (summary.basis === 'measured' && summary.requests > 0 ? value : null);
	return {
		status: orNull(summary.status),
		token_hit_rate: percentage(summary.tokenHitRate),
		tokens: {
			uncached: measured(tokens.uncached),
			cache_read: measured(tokens.cacheRead),
			cache_write_5m: measured(tokens.cacheWrite5m),
			cache_write_1h: measured(tokens.cacheWrite1h),
			output: measured(tokens.output),
			input: measured(tokens.input),
		},
		gross_savings: dollars(money.grossSavings),
		write_premium: dollars(money.writePremium),
		write_amortization: decimal(money.writeAmortization),
		output_cost: dollars(money.outputCost),
		price_coverage: percentage(money.coverage),
		assumed_prices: orNull(money.assumedPrices),
		planned: {hits: planned.hits, misses: planned.misses, hit_rate: percentage(planned.hitRate)},
		unmeasured: summary.unmeasured,
		estimated: summary.estimated,
	};
};

export const figures = (summary: Summary) => ({...coreFigures(summary), ...moreFigures(summary)});

export const groupFigures = (group: Group): GroupJson => ({
	name: orNull(group.name),
	first_seen: instant(group.firstTime),
	last_seen: instant(group.lastTime),
	models: group.models,
	...figures(group.summary),
	breaks: lossFigures(group.breaks, group, group.summary),
	cheapest_policy: orNull(group.whatIf?.cheapest),
});

/** Breaks are seen in usage alone: without any they are not none but unknown. */
const lossFigures = (total: number, {lostTokens, lostCost}: Lost, {basis}: Summary): GroupJson['breaks'] => ({
	total: basis === 'measured' ? total : null,
	lost_tokens: basis === 'measured' ? lostTokens : null,
	lost_cost: dollars(lostCost),
});

export const breakFigures = (breaks: Breaks, summary: Summary): BreaksJson => ({
	...lossFigures(breaks.count, breaks, summary),
	by_cause: breaks.byCause.map(cause => ({
		cause: cause.cause,
		reported: cause.reported,
		breaks: cause.breaks,
		lost_tokens: cause.lostTokens,
		lost_cost: dollars(cause.lostCost),
	})),
});

export const windowFigures = ({from, to, name}: Window, zone: string) => ({
	from: instant(from),
	to: instant(to),
	name,
	tz: zone,
});

export const filterFigures = (filter: Filter) =>
	isEmptyFilter(filter)
		? null
		: {
				model: orNull(filter.model),
				project: orNull(filter.project),
				thread: orNull(filter.thread),
				text: orNull(filter.text),
			};

export const policyFigures = ({costs, cheapest}: WhatIf) =>
	costs.map(({policy, cost, savings}) => ({
		policy,
		cost: knownDollars(cost),
		savings: knownDollars(savings),
		cheapest: policy === cheapest,
	}));
