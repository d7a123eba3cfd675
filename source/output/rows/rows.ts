import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import type {Money, Status, Summary} from '../../metrics/report/summary.js';
import {sanitize} from '../../text/sanitize.js';
import {
	formatChange,
	formatCount,
	formatMoney,
	formatMoneyTo,
	formatPercent,
	formatPoints,
	moneyPlaces,
} from '../numbers.js';
import {costLine} from './cost-line.js';

/** Whether a figure is good news; the words always say it as well. */
export type Tone = 'good' | 'warning' | 'bad';

/** One figure of a report for people. */
export type Row = {
	readonly label: string;
	readonly value: string;
	/** Shown right after the value: `(90.0 %)`. */
	readonly aside?: string | undefined;
	/** The change since the window before; empty if there is none. */
	readonly change?: string | undefined;
	/** Explains the figure. */
	readonly note?: string | undefined;
	readonly tone?: Tone | undefined;
};

const tones: Readonly<Record<Status, Tone>> = {Excellent: 'good', Good: 'good', Fair: 'warning', Poor: 'bad'};

/** Requests, hits and misses, with their explanations. */
export const overviewRows = ({summary, previous, window, untimed}: Report, ascii: boolean): readonly Row[] => [
	{
		label: 'Total requests',
		value: formatCount(summary.requests),
		change: formatChange(summary.requests, previous?.summary.requests, formatCount, ascii),
	},
	{label: 'Cache hits', value: formatCount(summary.hits)},
	{label: 'Cache misses', value: formatCount(summary.misses)},
	{
		label: 'Hit rate',
		value: formatPercent(summary.hitRate),
		change: formatChange(summary.hitRate, previous?.summary.hitRate, formatPoints, ascii),
		note: summary.status,
		tone: summary.status && tones[summary.status],
	},
	...plannedRows(summary),
	...untimedRows({window, untimed}),
	...(summary.unmeasured > 0
		? [
				{
					label: 'Unmeasured',
					value: formatCount(summary.unmeasured),
					note: 'cache unknown: neither hits nor misses',
				},
			]
		: []),
	...(summary.estimated > 0
		? [
				{
					label: 'Estimated',
					value: formatCount(summary.estimated),
					note: 'of the requests: usage guessed or told in part',
				},
			]
		: []),
];

/** The planned figures, next to the measured ones. */
const plannedRows = ({basis, planned, hitRate}: Summary): readonly Row[] => {
	if (basis !== 'measured' || planned.hitRate === undefined) {
		return [];
	}
	const unread = hitRate === undefined ? 0 : planned.hitRate - hitRate;
	return [
		{
			label: 'Planned rate',
			value: formatPercent(planned.hitRate),
			note: `of ${plural(planned.hits + planned.misses, 'plan')} marked blocks${unread >= 0.0005 ? `, ${formatPoints(unread)} points more than hit` : ''}`,
		},
	];
};

/** The figures about tokens, for all outputs for people. */
export const tokenRows = ({summary, previous}: Report, ascii: boolean): readonly Row[] => [
	{
		label: 'Total saved',
		value: formatCount(summary.tokensSaved),
		note: summary.basis === 'planned' ? 'tokens in marked blocks' : 'tokens read from the cache',
	},
	{label: 'Average per hit', value: formatCount(summary.tokensPerHit)},
	{
		label: 'Token hit rate',
		value: formatPercent(summary.tokenHitRate),
		change: formatChange(summary.tokenHitRate, previous?.summary.tokenHitRate, formatPoints, ascii),
		note: 'of input tokens',
	},
];

/** The figures about money, all with the same number of decimals; n/a if no price is known. */
export const costRows = (report: Report, ascii: boolean): readonly Row[] => {
	const {summary, previous} = report;
	const {money} = summary;
	const net = money.netSavings === undefined ? undefined : Math.abs(money.netSavings);
	const amounts = [money.withoutCache, money.withCache, net, money.writePremium, money.outputCost];
	// The parts of the cost with cache are the smallest amounts: cents alone would contradict the rest of the report.
	const places = moneyPlaces([money.withCache]);
	const [withoutCache = '', withCache = '', netAmount = '', writePremium = '', outputCost = ''] = amounts.map(amount =>
		formatMoneyTo(amount, places),
	);
	const line = costLine(report, places);
	return [
		{label: 'Without cache', value: withoutCache},
		{label: 'With cache', value: withCache, note: line && `= ${line}`},
		{
			...netRow(money, netAmount),
			change: formatChange(money.netSavings, previous?.summary.money.netSavings, formatMoney, ascii),
		},
		{
			label: 'Write premium',
			value: writePremium,
			note: premiumNote(money),
		},
		...(money.writeAmortization === undefined
			? []
			: [
					{
						label: 'Amortization',
						value: money.writeAmortization.toFixed(2),
						note: 'reads per written token',
					},
				]),
		...(money.outputCost === undefined
			? []
			: [
					{
						label: 'Output cost',
						value: outputCost,
						note: 'the same either way, not part of the above',
					},
				]),
		...(money.coverage !== undefined && money.coverage < 1
			? [
					{
						label: 'Price coverage',
						value: formatPercent(money.coverage),
						note: 'of input tokens have a known price',
						tone: 'warning' as const,
					},
				]
			: []),
	];
};

const premiumNote = ({writePremium}: Money): string => {
	if (writePremium === undefined) {
		return 'the log does not report writes';
	}
	return writePremium === 0 ? 'nothing extra was charged for writing' : 'included in "with cache"';
};

const netRow = ({netSavings, savingsRate}: Money, value: string): Row => {
	const isLoss = netSavings !== undefined && netSavings < 0;
	return {
		label: isLoss ? 'Net loss' : 'Net savings',
		value,
		aside: savingsRate === undefined ? undefined : `(${formatPercent(savingsRate)})`,
		note: isLoss ? 'writing cost more than reading saved' : undefined,
		tone: netSavings === undefined ? undefined : isLoss ? 'bad' : 'good',
	};
};

/** `Priced as Claude Sonnet, assumed.`; undefined if prices were looked up request by request. */
export const priceNote = ({assumedPrices}: Money): string | undefined =>
	assumedPrices === undefined ? undefined : `Priced as ${sanitize(assumedPrices)}.`;

const untimedRows = ({window, untimed}: Pick<Report, 'window' | 'untimed'>): readonly Row[] =>
	untimed === 0
		? []
		: [
				{
					label: 'Without a time',
					value: formatCount(untimed),
					note: window.name === 'all' ? 'in no window but all' : 'not in this window, only in all',
				},
			];
