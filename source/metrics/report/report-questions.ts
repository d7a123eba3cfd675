import {longestProvisional} from '../breaks/breaks.js';
import {evidenceFrom} from '../breaks/suspects/evidence.js';
import type {Filter} from '../filter.js';
import type {Overview, ThreadsFound, Wanted} from '../ledger.js';
import type {Mark} from '../marks.js';
import type {PriceList} from '../money/pricing.js';
import {endsQuestion, logNow} from '../warm-now.js';
import {sliceWidth} from '../windows/series.js';
import {previousWindow, type Span, type Window} from '../windows/window.js';

/** How much of a window a report is to tell; all of it has defaults. */
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

/** Breaks of the last hour that are looked at whether they are provisional. */
const mostProvisional = 10_000;

/** So many logs, projects and machines have a group of their own: agents keep a log for each conversation. */
const mostGroups = 500;

const minute = 60_000;

const all = Number.POSITIVE_INFINITY;
/** Points of a series unless told otherwise. */
export const defaultSlices = 48;

/** What a report is computed from. */
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

/** What the series covers: from the first request on, where that is asked for and more than half of the window came before it. */
export const chartedOf = (window: Window, span: Span, closeSeries: boolean): Window => {
	const from = Math.floor((span?.first ?? window.from) / minute) * minute;
	return closeSeries && from > (window.from + window.to) / 2 && from < window.to ? {...window, from} : window;
};
