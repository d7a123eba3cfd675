import type {Breaks, SmallLosses} from '../../metrics/breaks/breaks.js';
import type {ColdStarts, ColdTotal} from '../../metrics/breaks/cold-starts.js';
import type {Warm} from '../../metrics/breaks/warm.js';
import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import type {Group} from '../../metrics/groups.js';
import type {CostParts} from '../../metrics/money/cost-parts.js';
import type {WhatIf} from '../../metrics/money/what-if.js';
import type {Summary} from '../../metrics/report/summary.js';
import type {Window} from '../../metrics/windows/window.js';
import {inputTokens} from '../../request.js';
import {addingUp} from '../rows/adding-up.js';
import type {LogSum} from '../rows/sums.js';
import type {BreaksJson, LossJson} from './schema/breaks.js';
import type {ColdStartsJson, CostPartsJson} from './schema/costs.js';
import type {CoreFiguresJson, MoreFiguresJson} from './schema/figures.js';
import type {GroupJson} from './schema/group.js';
import {decimal, dollars, instant, knownDollars, orNull, percentage, requestInstant} from './values.js';

/** The main figures, under the keys of the reference report. */
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

/** All further figures. */
export const moreFigures = (summary: Summary): MoreFiguresJson => {
	const {tokens, money, planned} = summary;
	// Without measured requests the sums are empty, which is not the same as zero.
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
		cache_unknown: tokens.cacheUnknown,
	};
};

/** All figures of a set of requests, by the keys of `figuresSchema`. */
export const figures = (summary: Summary) => ({...coreFigures(summary), ...moreFigures(summary)});

/** A group of requests (a model, a thread, …) by the keys of `groupSchema`. */
export const groupFigures = (group: Group): GroupJson => ({
	name: orNull(group.name),
	first_seen: requestInstant(group.firstTime),
	last_seen: requestInstant(group.lastTime),
	models: group.models,
	...figures(group.summary),
	breaks: lossFigures(group.breaks, group, group.summary),
	cheapest_policy: orNull(group.whatIf?.cheapest),
});

/** Breaks can be detected from usage only: without usage they are unknown rather than zero. */
const lossFigures = (
	total: number,
	{lostTokens, lostCost}: Pick<Breaks, 'lostTokens' | 'lostCost'>,
	{basis}: Summary,
): LossJson => ({
	total: basis === 'measured' ? total : null,
	lost_tokens: basis === 'measured' ? lostTokens : null,
	lost_cost: dollars(lostCost),
});

/** Breaks and what they cost, by the keys of `breaksSchema`. */
export const breakFigures = (breaks: Breaks, summary: Summary): BreaksJson => ({
	...lossFigures(breaks.count, breaks, summary),
	unpriced: breaks.unpriced,
	provisional: breaks.provisional.count,
	by_cause: breaks.byCause.map(cause => ({
		cause: cause.cause,
		reported: cause.reported,
		breaks: cause.breaks,
		unpriced: cause.unpriced,
		lost_tokens: cause.lostTokens,
		lost_cost: dollars(cause.lostCost),
	})),
});

/** Losses too small to be breaks, by the keys that breaks have. */
export const smallLossFigures = (losses: SmallLosses, summary: Summary) => lossFigures(losses.total, losses, summary);

const coldTotal = ({total, tokens, cost}: ColdTotal) => ({total, tokens, cost: dollars(cost)});

/** Cold starts, total and by kind. */
export const coldFigures = (starts: ColdStarts): ColdStartsJson => ({
	...coldTotal(starts),
	by_kind: starts.byKind.map(({kind, ...total}) => ({kind, ...coldTotal(total)})),
});

/** A group with its cold starts. */
export const coldGroupFigures = (group: Group) => ({
	...groupFigures(group),
	cold_starts: group.coldStarts ? coldFigures(group.coldStarts) : null,
});

/** Rounded to a billionth of a dollar so that the parts add up to the cost with cache. */
export const costPartFigures = (parts: CostParts): CostPartsJson => {
	const [first_writes = 0, growth = 0, reads = 0, lost = 0] = addingUp(
		[parts.firstWrites, parts.growth, parts.reads, parts.lost],
		9,
	);
	return {first_writes, growth, reads, lost};
};

/** Chains that are in the cache now; `at_stake` is what their expiry would cost. */
export const warmFigures = ({count, tokens, atStake, chains}: Warm) => ({
	chains: count,
	tokens,
	at_stake: dollars(atStake),
	next_expiry: chains[0] ? instant(chains[0].expires) : null,
});

/** A window, with its ends in UTC; `tz` is the zone of displayed times. */
export const windowFigures = ({from, to, name}: Window, zone: string) => ({
	from: instant(from),
	to: instant(to),
	name,
	tz: zone,
});

/** The filter of the report; null if there is none. */
export const filterFigures = (filter: Filter) =>
	isEmptyFilter(filter)
		? null
		: {
				model: orNull(filter.model),
				project: orNull(filter.project),
				agent: orNull(filter.agent),
				provider: orNull(filter.provider),
				host: orNull(filter.host),
				thread: orNull(filter.thread),
				text: orNull(filter.text),
			};

/** What the same requests would have cost under each caching policy, in dollars. */
export const policyFigures = ({costs, cheapest}: WhatIf) =>
	costs.map(({policy, cost, savings}) => ({
		policy,
		cost: knownDollars(cost),
		savings: knownDollars(savings),
		cheapest: policy === cheapest,
	}));

/** Usage that a log records only as a sum. */
export const sumFigures = ({source, requests, tokens}: LogSum) => ({
	source,
	requests: orNull(requests),
	tokens: {
		uncached: tokens.uncached,
		cache_read: tokens.cacheRead,
		cache_write_5m: tokens.cacheWrite5m,
		cache_write_1h: tokens.cacheWrite1h,
		output: tokens.output,
		input: inputTokens(tokens),
	},
});
