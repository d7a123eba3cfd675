import type {Request} from '../../request.js';
import type {SourceProblem} from '../../sources/source.js';
import {type Blocks, blocksOf} from '../blocks.js';
import {type Breaks, breakOf, breaksOf, type SmallLosses, smallLossesOf} from '../breaks/breaks.js';
import {type ColdStarts, coldStartsOf} from '../breaks/cold-starts.js';
import type {Counted} from '../breaks/facts.js';
import {type Evidence, evidenceOf} from '../breaks/suspects/evidence.js';
import {type Warm, warmOf} from '../breaks/warm.js';
import type {Filter} from '../filter.js';
import {type Group, groupsOf, sourceGroups, threadGroups} from '../groups.js';
import {type HostSeen, type Ledger, type Moment, noThreads, type Overview} from '../ledger.js';
import {allMarks, type Mark, marksIn} from '../marks.js';
import {type CostParts, costPartsOf} from '../money/cost-parts.js';
import type {PriceList} from '../money/pricing.js';
import {type WhatIf, whatIfOf} from '../money/what-if.js';
import type {Recommendation} from '../recommendations/recommendation.js';
import {recommend} from '../recommendations/recommendations.js';
import {type Part, totalOf} from '../sums/parts.js';
import {logNow} from '../warm-now.js';
import {type SeriesPoint, type Sliced, seriesOf, sliced, sliceWidth} from '../windows/series.js';
import type {Span, Window} from '../windows/window.js';
import {chartedOf, defaultSlices, type ReportOptions, reportQuestions} from './report-questions.js';
import {basisOf, type Summary, summaryOf} from './summary.js';

/** Everything known about a window: what the screen shows, reports print and exports contain. */
export type Report = {
	readonly window: Window;
	/** The filter on the window's requests. */
	readonly filter: Filter;
	/** When it was computed, in epoch milliseconds. */
	readonly generatedAt: number;
	readonly summary: Summary;
	/** The previous window, if the log reaches back that far and the basis is the same. */
	readonly previous: {readonly summary: Summary; readonly breaks: Breaks} | undefined;
	readonly blocks: Blocks;
	readonly breaks: Breaks;
	/** Events before the breaks, and where breaks stopped. */
	readonly evidence: Evidence;
	/** Losses too small for a break, in caches whose requests mark what is cached. */
	readonly smallLosses: SmallLosses;
	/** The same for automatic caches, where nobody can prevent them. */
	readonly smallLossesAutomatic: SmallLosses;
	readonly coldStarts: ColdStarts;
	/** Where the money went; undefined without usage or without a price. */
	readonly costParts: CostParts | undefined;
	/** What is in the cache now, regardless of the window. */
	readonly warm: Warm;
	readonly series: readonly SeriesPoint[];
	/** The period of the series, in epoch milliseconds: the window, or less if that was requested. */
	readonly seriesSpan: Pick<Window, 'from' | 'to'>;
	/** Length of the slices of the series in milliseconds; the first and the last may be cut by the window. */
	readonly sliceWidth: number;
	readonly models: readonly Group[];
	/** Number of threads in the window, and those that lost most or have most requests; all unless limited. */
	readonly threadCount: number;
	readonly threads: readonly Group[];
	/** Number of projects in the window, and those with the most requests. */
	readonly projectCount: number;
	readonly projects: readonly Group[];
	readonly agents: readonly Group[];
	readonly providers: readonly Group[];
	/** Number of machines, and those with the most requests; logs that name none form one group without a name. */
	readonly hostCount: number;
	readonly hosts: readonly Group[];
	/** Number of logs with requests in the window, and the groups of those with the most, by name. */
	readonly sourceCount: number;
	readonly sources: readonly Group[];
	readonly recommendations: readonly Recommendation[];
	/** Other ways to use the cache, simulated for the window; undefined without usage or without a price. */
	readonly whatIf: WhatIf | undefined;
	/** Number of requests in the window. */
	readonly count: number;
	/** The newest requests, oldest first; all unless limited. */
	readonly requests: readonly Request[];
	/** Instants of the window with names, oldest first. */
	readonly marks: readonly Mark[];
	/** Number of all requests, regardless of the window. */
	readonly total: number;
	/** Period of all requests. */
	readonly span: Span;
	/** Number of all requests without a time: they are only in the window `all`. */
	readonly untimed: number;
	/** The machines of a fleet; undefined if there is only this one. */
	readonly hostsSeen?: readonly HostSeen[] | undefined;
	/** Problems that make the report incomplete. */
	readonly problems: readonly SourceProblem[];
};

const day = 86_400_000;

/** A window, or a function that chooses one given an overview of the requests. */
export type WindowOf = Window | ((overview: Overview) => Window);

/** Computes the report of a window, consistent as of one moment. */
export const reportOf = async (
	ledger: Ledger,
	which: WindowOf,
	prices: PriceList,
	generatedAt: number,
	options: ReportOptions = {},
): Promise<Report> => {
	const windowOf = (overview: Overview) => (typeof which === 'function' ? which(overview) : which);
	const moment = await ledger.ask(overview =>
		reportQuestions(windowOf(overview), overview, prices, generatedAt, options),
	);
	return reportFrom(moment, windowOf(moment.overview), prices, generatedAt, options);
};

/** Computes the report of a window from the answers to its queries, which were made with the same options. */
export const reportFrom = (
	{overview, answers, problems}: Moment<ReturnType<typeof reportQuestions>>,
	window: Window,
	prices: PriceList,
	generatedAt: number,
	{
		filter = {},
		slices = defaultSlices,
		closeSeries = false,
		marks = [],
		threads = answers.threads ?? noThreads,
	}: ReportOptions = {},
): Report => {
	const {span, total: everything, untimed, clients} = overview;
	const {parts, projects, hosts, sources} = answers;
	const total = totalOf(parts);
	const basis = basisOf(total);
	const summary = summaryOf(parts, basis);
	const charted = chartedOf(window, span, closeSeries);
	const width = sliceWidth(charted, slices);
	const inSlices = sliced(answers.slices, charted, width);
	const blocks = blocksOf(total, inSlices.totals);
	const now = logNow(span, generatedAt);
	const breaksAmong = (counted: readonly Counted[]) => counted.flatMap(one => breakOf(one, prices, now) ?? []);
	const breaks = breaksOf(parts, breaksAmong(answers.breaks.breaks), breaksAmong(answers.lately?.breaks ?? []));
	const evidence = evidenceOf(answers.breaks.examined);
	const models = groupsOf(parts, 'model', basis);
	const coldStarts = coldStartsOf(parts);
	const covered = Math.min(window.to, span?.last ?? window.to) - Math.max(window.from, span?.first ?? window.from);
	return {
		window,
		filter,
		generatedAt,
		summary,
		previous: previousOf(answers.previous, summary),
		blocks,
		breaks,
		evidence,
		smallLosses: smallLossesOf(parts, 'small'),
		smallLossesAutomatic: smallLossesOf(parts, 'automatic'),
		coldStarts,
		costParts: basis === 'measured' ? costPartsOf(parts) : undefined,
		warm: warmOf(answers.ends, now),
		series: seriesOf(inSlices, charted, basis),
		seriesSpan: {from: charted.from, to: charted.to},
		sliceWidth: width,
		models,
		threadCount: threads.count,
		threads: threadGroups(threads.parts, basis),
		projectCount: projects.count,
		projects: groupsOf(projects.parts, 'project', basis),
		agents: groupsOf(parts, 'agent', basis),
		providers: groupsOf(parts, 'provider', basis),
		hostCount: hosts.count,
		hosts: groupsOf(hosts.parts, 'host', basis),
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
			suspects: evidence.suspects,
			days: covered / day,
			activeDays: activeDays(inSlices),
		}),
		whatIf: basis === 'measured' ? whatIfOf(parts) : undefined,
		count: total.requests,
		requests: answers.requests.map(({request}) => request),
		marks: marksIn(allMarks(marks, clients), window),
		total: everything,
		untimed,
		span,
		hostsSeen: overview.hosts,
		problems,
	};
};

/** Days with requests; within a slice longer than a day, all from its first to its last request. */
const activeDays = ({parts}: Sliced): number => {
	const found = new Set<number>();
	for (const {firstTime, lastTime} of parts.flat()) {
		for (let at = Math.floor(firstTime / day); at <= Math.floor(lastTime / day); at++) {
			found.add(at);
		}
	}
	return found.size;
};

/**
 * The figures of the previous window; undefined if its basis differs, because planned and measured figures cannot be
 * compared.
 */
const previousOf = (parts: readonly Part[] | undefined, {basis}: Summary): Report['previous'] => {
	if (!parts) {
		return undefined;
	}
	const summary = summaryOf(parts);
	return basis !== undefined && summary.basis !== undefined && summary.basis !== basis
		? undefined
		: {summary, breaks: breaksOf(parts, [])};
};
