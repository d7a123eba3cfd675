import type {Request} from '../request.js';
import {type Blocks, countBlocks} from './blocks.js';
import {type Breaks, findBreaks} from './breaks.js';
import {type Filter, filterRequests, isEmptyFilter, logsNamingModels} from './filter.js';
import {type Group, type GroupBy, groupsOf} from './groups.js';
import type {PriceList} from './pricing.js';
import type {Recommendation} from './recommendation.js';
import {recommend} from './recommendations.js';
import {type SeriesPoint, seriesOf} from './series.js';
import {type Basis, type Summary, summarize} from './summary.js';
import {replay, type WhatIf} from './what-if.js';
import {inWindow, previousWindow, type Span, spanOf, type Window} from './window.js';

/** Everything there is to say about one window: what the screen shows, the report prints, the exports hold. */
export type Report = {
	readonly window: Window;
	/** Which of the window's requests it is about. */
	readonly filter: Filter;
	/** When it was made, epoch milliseconds. */
	readonly generatedAt: number;
	readonly summary: Summary;
	/** The window before, where the log reaches back that far and tells it on the same basis. */
	readonly previous: {readonly summary: Summary; readonly breaks: Breaks} | undefined;
	readonly blocks: Blocks;
	readonly breaks: Breaks;
	readonly series: readonly SeriesPoint[];
	readonly models: readonly Group[];
	readonly threads: readonly Group[];
	readonly projects: readonly Group[];
	readonly sources: readonly Group[];
	readonly recommendations: readonly Recommendation[];
	/** Other ways to use the cache, replayed over the window; undefined without usage or without a price. */
	readonly whatIf: WhatIf | undefined;
	/** The window's requests, oldest first. */
	readonly requests: readonly Request[];
	/** All requests there are, whatever the window. */
	readonly total: number;
	/** Of all requests there are. */
	readonly span: Span;
};

export type ReportOptions = {
	readonly filter?: Filter;
	/** How many points the series has. */
	readonly slices?: number;
};

const day = 86_400_000;

/**
 * Computes the report of a window.
 * @param all every request, oldest first
 */
export const reportOf = (
	all: readonly Request[],
	window: Window,
	prices: PriceList,
	generatedAt: number,
	{filter = {}, slices = 48}: ReportOptions = {},
): Report => {
	const span = spanOf(all);
	const naming = filter.model ? logsNamingModels(all) : undefined;
	const requestsIn = (part: Window) =>
		filterRequests(
			all.filter(request => inWindow(request.time, part)),
			filter,
			naming,
		);
	const requests = requestsIn(window);
	const summary = summarize(requests, prices);
	const before = previousWindow(window, span?.first);
	const blocks = countBlocks(requests, window);
	const breaks = breaksIn(all, window, prices, filter);
	const {basis} = summary;
	const previous =
		before && previousOf(summarize(requestsIn(before), prices), () => breaksIn(all, before, prices, filter), basis);
	const groups = (by: GroupBy) => groupsOf(requests, by, prices, basis, breaks.all);
	const models = groups('model');
	const covered = Math.min(window.to, span?.last ?? window.to) - Math.max(window.from, span?.first ?? window.from);
	return {
		window,
		filter,
		generatedAt,
		summary,
		previous,
		blocks,
		breaks,
		series: seriesOf(requests, window, prices, basis, slices),
		models,
		threads: groups('thread'),
		projects: groups('project'),
		sources: groups('source'),
		recommendations: recommend({
			requests,
			summary,
			blocks,
			breaks,
			models,
			prices,
			days: Math.max(covered, day) / day,
		}),
		whatIf: basis === 'measured' ? replay(requests, prices) : undefined,
		requests,
		total: all.length,
		span,
	};
};

/** What was planned and what was measured cannot be compared. */
const previousOf = (summary: Summary, breaks: () => Breaks, basis: Basis | undefined): Report['previous'] =>
	basis !== undefined && summary.basis !== undefined && summary.basis !== basis
		? undefined
		: {summary, breaks: breaks()};

/** What a thread had cached depends on all its requests, however long ago, so those that the filter leaves out are looked at as well. */
const breaksIn = (all: readonly Request[], window: Window, prices: PriceList, filter: Filter): Breaks => {
	const taken = isEmptyFilter(filter) ? undefined : new Set(filterRequests(all, filter));
	return findBreaks(
		all.filter(request => request.time < window.to),
		prices,
		request => inWindow(request.time, window) && (taken?.has(request) ?? true),
	);
};
