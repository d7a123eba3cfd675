import type {Request} from '../request.js';
import {type Blocks, blocksOf} from './blocks.js';
import {type Breaks, breakOf, breaksOf, longestProvisional, type SmallLosses, smallLossesOf} from './breaks/breaks.js';
import {type ColdStarts, coldStartsOf} from './breaks/cold-starts.js';
import {type Evidence, evidenceOf, noEvidence} from './breaks/suspects/evidence.js';
import type {Warm} from './breaks/warm.js';
import type {Filter} from './filter.js';
import {type Group, groupsOf, sourceGroups, threadGroups} from './groups.js';
import type {Ledger, ThreadsFound} from './ledger.js';
import {type Mark, marksIn, versionMarks} from './marks.js';
import {type CostParts, costPartsOf} from './money/cost-parts.js';
import type {PriceList} from './money/pricing.js';
import {type WhatIf, whatIfOf} from './money/what-if.js';
import {totalOf} from './parts.js';
import type {Recommendation} from './recommendations/recommendation.js';
import {recommend} from './recommendations/recommendations.js';
import {basisOf, type Summary, summaryOf} from './summary.js';
import {logNow, warmNow} from './warm-now.js';
import {type SeriesPoint, seriesOf, sliced, sliceTotals, sliceWidth} from './windows/series.js';
import {previousWindow, type Span, type Window} from './windows/window.js';

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
	/** What happened before the breaks, and where they stopped. */
	readonly evidence: Evidence;
	/** Losses below the size of a break, of caches whose requests mark what is cached. */
	readonly smallLosses: SmallLosses;
	/** The same of caches that fill by themselves: nobody can act on them. */
	readonly smallLossesAutomatic: SmallLosses;
	readonly coldStarts: ColdStarts;
	/** Where the money went; undefined without usage or without a price. */
	readonly costParts: CostParts | undefined;
	/** What is in the cache now, whatever the window. */
	readonly warm: Warm;
	readonly series: readonly SeriesPoint[];
	/** What the series covers: the window, or less where that was asked for; epoch milliseconds. */
	readonly seriesSpan: Pick<Window, 'from' | 'to'>;
	/** Of the points of the series, milliseconds; the window's edges may cut the first and the last shorter. */
	readonly sliceWidth: number;
	readonly models: readonly Group[];
	/** How many threads the window holds, and those of them that lost or asked the most; all unless only some were asked for. */
	readonly threadCount: number;
	readonly threads: readonly Group[];
	readonly projects: readonly Group[];
	readonly agents: readonly Group[];
	readonly providers: readonly Group[];
	/** How many logs the window's requests are from, and the groups of those with the most, by name. */
	readonly sourceCount: number;
	readonly sources: readonly Group[];
	readonly recommendations: readonly Recommendation[];
	/** Other ways to use the cache, replayed over the window; undefined without usage or without a price. */
	readonly whatIf: WhatIf | undefined;
	/** How many requests the window holds. */
	readonly count: number;
	/** The newest of them, oldest first; all unless only some were asked for. */
	readonly requests: readonly Request[];
	/** Named instants of the window, oldest first. */
	readonly marks: readonly Mark[];
	/** All requests there are, whatever the window. */
	readonly total: number;
	/** Of all requests there are. */
	readonly span: Span;
	/** Of `total`, those without a time: they are in no window but `all`. */
	readonly untimed: number;
};

export type ReportOptions = {
	readonly filter?: Filter;
	/** How many points the series has, about. */
	readonly slices?: number;
	/** Begins the series at the first request there is, where that came late in the window. */
	readonly closeSeries?: boolean;
	/** How many single requests and breaks are wanted; all unless told otherwise. */
	readonly most?: number;
	/** How many single breaks are wanted; as many as requests unless told otherwise. */
	readonly mostBreaks?: number;
	/** How many threads are wanted; all unless told otherwise. */
	readonly mostThreads?: number;
	/** Named instants beside the clients' new versions, which are found here. */
	readonly marks?: readonly Mark[];
	/** Whether suspects are wanted; they are unless told otherwise. */
	readonly evidence?: boolean;
	/** What is known of the threads already; asked for unless given. */
	readonly threads?: ThreadsFound;
};

const minute = 60_000;
const day = 86_400_000;

/** Breaks of the last hour that are looked at whether they are provisional. */
const mostProvisional = 10_000;

/** So many logs have a group of their own: agents keep a log for each conversation. */
const mostSources = 500;

/** Computes the report of a window, of one moment. */
export const reportOf = (
	ledger: Ledger,
	window: Window,
	prices: PriceList,
	generatedAt: number,
	options: ReportOptions = {},
): Report => {
	const compute = () => reportNow(ledger, window, prices, generatedAt, options);
	return ledger.atOnce ? ledger.atOnce(compute) : compute();
};

const reportNow = (
	ledger: Ledger,
	window: Window,
	prices: PriceList,
	generatedAt: number,
	{
		filter = {},
		slices = 48,
		closeSeries = false,
		most = Number.POSITIVE_INFINITY,
		mostBreaks = most,
		mostThreads = Number.POSITIVE_INFINITY,
		marks = [],
		evidence = true,
		threads = ledger.threads(window, filter, mostThreads),
	}: ReportOptions,
): Report => {
	const {span} = ledger;
	const parts = ledger.parts(window, filter);
	const total = totalOf(parts);
	const basis = basisOf(total);
	const summary = summaryOf(parts, basis);
	const charted = closeSeries ? closeTo(window, span) : window;
	const width = sliceWidth(charted, slices);
	const inSlices = sliced(ledger.slices(charted, width, filter), charted, width);
	const sources = ledger.sources(window, filter, mostSources);
	const blocks = blocksOf(total, sliceTotals(inSlices));
	const now = logNow(ledger, generatedAt);
	const breaksIn = (some: Window, wanted: number) =>
		ledger.breaks(some, filter, wanted).flatMap(counted => breakOf(counted, prices, now) ?? []);
	const lately = {...window, name: 'custom', from: Math.max(window.from, now - longestProvisional)};
	const breaks = breaksOf(
		parts,
		breaksIn(window, mostBreaks),
		lately.from < lately.to ? breaksIn(lately, mostProvisional) : [],
	);
	const found = evidence && breaks.count > 0 ? evidenceOf(ledger, window, filter, prices, now) : noEvidence;
	const models = groupsOf(parts, 'model', basis);
	const coldStarts = coldStartsOf(parts);
	const covered = Math.min(window.to, span?.last ?? window.to) - Math.max(window.from, span?.first ?? window.from);
	return {
		window,
		filter,
		generatedAt,
		summary,
		previous: previousOf(ledger, window, filter, summary),
		blocks,
		breaks,
		evidence: found,
		smallLosses: smallLossesOf(parts, 'small'),
		smallLossesAutomatic: smallLossesOf(parts, 'automatic'),
		coldStarts,
		costParts: basis === 'measured' ? costPartsOf(parts) : undefined,
		warm: warmNow(ledger, filter, generatedAt),
		series: seriesOf(inSlices, charted, basis),
		seriesSpan: {from: charted.from, to: charted.to},
		sliceWidth: width,
		models,
		threadCount: threads.count,
		threads: threadGroups(threads.parts, basis),
		projects: groupsOf(parts, 'project', basis),
		agents: groupsOf(parts, 'agent', basis),
		providers: groupsOf(parts, 'provider', basis),
		sourceCount: sources.count,
		sources: sourceGroups(sources.parts, basis),
		recommendations: recommend({
			total,
			lifetimes: threads.lifetimes,
			summary,
			blocks,
			breaks,
			models,
			coldStarts,
			suspects: found.suspects,
			days: covered / day,
		}),
		whatIf: basis === 'measured' ? whatIfOf(parts) : undefined,
		count: total.requests,
		requests: ledger.requests(window, filter, most).map(({request}) => request),
		marks: marksIn([...marks, ...versionMarks(ledger.clients?.() ?? new Map())], window),
		total: ledger.total,
		untimed: ledger.untimed,
		span,
	};
};

/** From the first request on, where more than half of a window came before it. */
const closeTo = (window: Window, span: Span): Window => {
	const from = Math.floor((span?.first ?? window.from) / minute) * minute;
	return from > (window.from + window.to) / 2 && from < window.to ? {...window, from} : window;
};

/** What was planned and what was measured cannot be compared. */
const previousOf = (ledger: Ledger, window: Window, filter: Filter, {basis}: Summary): Report['previous'] => {
	const before = previousWindow(window, ledger.span?.first);
	if (!before) {
		return undefined;
	}
	const parts = ledger.parts(before, filter);
	const summary = summaryOf(parts);
	return basis !== undefined && summary.basis !== undefined && summary.basis !== basis
		? undefined
		: {summary, breaks: breaksOf(parts, [])};
};
