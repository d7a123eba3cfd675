import {longestProvisional} from '../breaks/breaks.js';
import {evidenceFrom} from '../breaks/suspects/evidence.js';
import type {Filter} from '../filter.js';
import type {Overview, ThreadsFound, Wanted} from '../ledger.js';
import type {Mark} from '../marks.js';
import type {PriceList} from '../money/pricing.js';
import {endsQuestion, logNow} from '../warm-now.js';
import {sliceWidth} from '../windows/series.js';
import {previousWindow, type Span, type Window} from '../windows/window.js';

/** The parts of a window that a report covers. */
export type ReportOptions = {
	readonly filter?: Filter;
	/** Approximate number of points of the series; `defaultSlices` by default. */
	readonly slices?: number;
	/** True starts the series at the first request of all, if that is late in the window. */
	readonly closeSeries?: boolean;
	/** Maximum number of single requests and breaks; all by default. */
	readonly most?: number;
	/** Maximum number of single breaks; that of requests by default. */
	readonly mostBreaks?: number;
	/** Maximum number of threads; all by default. */
	readonly mostThreads?: number;
	/** Instants with names, in addition to new versions of clients, which are found here. */
	readonly marks?: readonly Mark[];
	/** False leaves out suspects. */
	readonly evidence?: boolean;
	/** Information about the threads, if already known; by default it is queried. */
	readonly threads?: ThreadsFound;
};

/** Maximum number of breaks of the last hour that are checked for being provisional. */
const mostProvisional = 10_000;

/** Maximum number of groups of logs, projects and machines each: agents keep a log per conversation. */
const mostGroups = 500;

const minute = 60_000;

const all = Number.POSITIVE_INFINITY;
/** Default number of points of a series. */
export const defaultSlices = 48;

/** The queries that a report is computed from. */
export const reportQuestions = (
	window: Window,
	{span}: Pick<Overview, 'span'>,
	prices: PriceList,
	generatedAt: number,
	{
		filter = {},
		slices = defaultSlices,
		closeSeries = false,
		most = all,
		mostBreaks = most,
		mostThreads = all,
		evidence = true,
		threads,
	}: ReportOptions,
) => {
	const now = logNow(span, generatedAt);
	const charted = chartedOf(window, span, closeSeries);
	const before = previousWindow(window, span?.first);
	const lately = {...window, name: 'custom', from: Math.max(window.from, now - longestProvisional)};
	return {
		parts: {kind: 'parts', window, filter, by: ['model', 'agent', 'provider']},
		previous: before && {kind: 'parts', window: before, filter, by: []},
		slices: {kind: 'slices', window: charted, filter, by: [], width: sliceWidth(charted, slices)},
		threads: threads ? undefined : {kind: 'threads', window, filter, most: mostThreads},
		projects: {kind: 'groups', by: 'project', window, filter, most: mostGroups},
		hosts: {kind: 'groups', by: 'host', window, filter, most: mostGroups},
		sources: {kind: 'sources', window, filter, most: mostGroups},
		breaks: {kind: 'breaks', window, filter, most: mostBreaks, examine: evidence ? evidenceFrom(prices) : undefined},
		lately: lately.from < lately.to ? {kind: 'breaks', window: lately, filter, most: mostProvisional} : undefined,
		requests: {kind: 'requests', window, filter, most},
		ends: endsQuestion(filter, now),
	} as const satisfies Wanted;
};

/**
 * The period of the series: from the first request on, if that is wanted and more than half of the window precedes it.
 */
export const chartedOf = (window: Window, span: Span, closeSeries: boolean): Window => {
	const from = Math.floor((span?.first ?? window.from) / minute) * minute;
	return closeSeries && from > (window.from + window.to) / 2 && from < window.to ? {...window, from} : window;
};
