import type {Report} from '../../metrics/report/report.js';
import {formatCount, formatMoney, formatPercent, formatPoints, formatTokens} from '../numbers.js';
import {knowsBreaks, lostMoney} from '../phrases.js';

/** A figure of two windows or groups. */
export type Pair = {
	readonly label: string;
	readonly now: number | undefined;
	readonly before: number | undefined;
	readonly format: (value: number | undefined) => string;
	/** Formats the size of a change; `format` by default. */
	readonly size?: (value: number) => string;
	/** Whether more is better; undefined if it is neither. */
	readonly better?: 'more' | 'less';
};

/** The parts of a report that are compared. */
type Compared = Pick<Report, 'summary' | 'breaks'> &
	Partial<Pick<Report, 'costParts' | 'coldStarts' | 'threads' | 'threadCount'>>;

const points = (rate: number): string => `${formatPoints(rate)} points`;

type Figure = Omit<Pair, 'now' | 'before'> & {
	readonly of: (side: Compared) => number | undefined;
	/** True if it is unknown where no request names its conversation. */
	readonly isOfThreads?: true;
};

/** The main figures, the most telling first. */
const headFigures: readonly Figure[] = [
	{label: 'Hit rate', of: ({summary}) => summary.hitRate, format: formatPercent, size: points, better: 'more'},
	{
		label: 'Token hit rate',
		of: ({summary}) => summary.tokenHitRate,
		format: formatPercent,
		size: points,
		better: 'more',
	},
	{label: 'Net savings', of: ({summary}) => summary.money.netSavings, format: formatMoney, better: 'more'},
	{
		label: 'Lost to breaks',
		of: ({breaks, summary}) => lostMoney(breaks, summary.basis),
		format: formatMoney,
		better: 'less',
		isOfThreads: true,
	},
	{label: 'Requests', of: ({summary}) => summary.requests, format: formatCount},
	{label: 'Input cost', of: ({summary}) => summary.money.withCache, format: formatMoney},
	{label: 'Input cost without cache', of: ({summary}) => summary.money.withoutCache, format: formatMoney},
];

/** A figure that exists only for measured requests; undefined, not 0, otherwise. */
const measured =
	(of: (side: Compared) => number | undefined) =>
	(side: Compared): number | undefined =>
		side.summary.basis === 'measured' ? of(side) : undefined;

/** All figures but the main ones. */
const moreFigures: readonly Figure[] = [
	{
		label: 'Savings rate',
		of: ({summary}) => summary.money.savingsRate,
		format: formatPercent,
		size: points,
		better: 'more',
	},
	{label: 'Hits', of: ({summary}) => summary.hits, format: formatCount},
	{label: 'Misses', of: ({summary}) => summary.misses, format: formatCount},
	{label: 'Unmeasured', of: ({summary}) => summary.unmeasured, format: formatCount},
	{label: 'Input tokens', of: measured(({summary}) => summary.tokens.input), format: formatTokens},
	{label: 'Tokens read', of: measured(({summary}) => summary.tokens.cacheRead), format: formatTokens},
	{label: 'Tokens written', of: measured(({summary}) => summary.tokens.written), format: formatTokens},
	{label: 'Tokens uncached', of: measured(({summary}) => summary.tokens.uncached), format: formatTokens},
	{label: 'Output tokens', of: measured(({summary}) => summary.tokens.output), format: formatTokens},
	{label: 'Paid for first writes', of: ({costParts}) => costParts?.firstWrites, format: formatMoney, isOfThreads: true},
	{label: 'Paid for growth', of: ({costParts}) => costParts?.growth, format: formatMoney},
	{label: 'Paid for reads', of: ({costParts}) => costParts?.reads, format: formatMoney},
	{
		label: 'Lost, incl. small',
		of: ({costParts}) => costParts?.lost,
		format: formatMoney,
		better: 'less',
		isOfThreads: true,
	},
	{label: 'Output cost', of: ({summary}) => summary.money.outputCost, format: formatMoney},
	{label: 'Breaks', of: measured(({breaks}) => breaks.count), format: formatCount, better: 'less', isOfThreads: true},
	{
		label: 'Tokens lost',
		of: measured(({breaks}) => breaks.lostTokens),
		format: formatTokens,
		better: 'less',
		isOfThreads: true,
	},
	{label: 'Cold starts', of: measured(({coldStarts}) => coldStarts?.total), format: formatCount, isOfThreads: true},
];

const pairsFrom =
	(figures: readonly Figure[]) =>
	(now: Report, before: Compared | undefined): readonly Pair[] => {
		const isKnown = knowsBreaks(now);
		// The window before comes without its threads: it is known as far as this one is.
		const {threads = now.threads, threadCount = now.threadCount} = before ?? {};
		const wasKnown = before !== undefined && knowsBreaks({breaks: before.breaks, threads, threadCount});
		return figures.map(({of, isOfThreads, ...figure}) => ({
			...figure,
			now: isOfThreads && !isKnown ? undefined : of(now),
			before: before && (!isOfThreads || wasKnown) ? of(before) : undefined,
		}));
	};

/** The main figures of two windows; undefined if the other window is missing. */
export const headPairs = pairsFrom(headFigures);

/** All other figures of two windows. */
export const morePairs = pairsFrom(moreFigures);
