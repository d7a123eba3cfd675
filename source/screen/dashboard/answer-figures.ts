import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {formatMoney, formatPercent, formatTokens} from '../../output/numbers.js';
import {knowsBreaks} from '../../output/phrases.js';
import {costPieces} from '../../output/rows/cost-line.js';
import {changeOfLosses, changeOfRate, changeOfSavings} from '../presentation/change.js';
import {statusToken} from '../presentation/status-token.js';
import {joined, type Line, muted, primary, strong, styledAs} from '../text/line.js';

/** A number with its label, in several wordings from the longest to the shortest. */
export type Figure = {
	readonly value: Line;
	readonly words: readonly Line[];
	/**
	 * The shortest wording in parts. If it takes several rows, it breaks only between parts; undefined lets it break
	 * between any two words.
	 */
	readonly parts?: readonly Line[];
};

/** The hit rate, the number of hits and how the rate changed. */
export const hitRate = ({summary, previous}: Report): Figure => {
	const token = statusToken(summary.status);
	const planned = summary.basis === 'planned' ? 'planned ' : '';
	const change =
		summary.basis === previous?.summary.basis ? changeOfRate(summary.hitRate, previous?.summary.hitRate) : [];
	const status = summary.status === undefined ? [] : styledAs(token, summary.status);
	const named: Line = joined([muted(`${planned}hit rate${summary.status ? ',' : ''}`), status]);
	return {
		value: styledAs(token, formatPercent(summary.hitRate)),
		words: [joined([named, change], 1), named, muted(`${planned}hit rate`), muted(`${planned}hit`)],
	};
};

/** Money saved, net of cache writes; if unknown, the reason. */
export const saved = ({summary, previous}: Report): Figure => {
	const {netSavings, savingsRate} = summary.money;
	const isLoss = netSavings !== undefined && netSavings < 0;
	const token = isLoss ? 'status.poor' : 'status.good';
	if (netSavings === undefined) {
		const why = summary.basis === 'planned' ? 'the log has no tokens' : 'no known price';
		return {value: muted('n/a'), words: [muted(`saved: ${why}`), muted(`saved: ${why}`), muted('saved')]};
	}
	const change =
		summary.basis === previous?.summary.basis ? changeOfSavings(netSavings, previous?.summary.money.netSavings) : [];
	const rate = savingsRate === undefined ? '' : `, ${formatPercent(Math.abs(savingsRate))}`;
	const words = isLoss ? `more than without a cache${rate}` : `saved net${rate}`;
	return {
		value: styledAs(token, formatMoney(Math.abs(netSavings))),
		words: [
			joined([muted(words), change], 1),
			muted(words),
			muted(isLoss ? 'more than without' : 'saved net'),
			muted(isLoss ? 'more' : 'saved'),
		],
	};
};

/** Losses in tokens or money. Empty for logs with plan lines only, which do not report losses. */
export const lost = (report: Report): readonly Figure[] => {
	const {summary, breaks, previous} = report;
	if (summary.basis !== 'measured') {
		return [];
	}
	if (!knowsBreaks(report)) {
		return [{value: muted('n/a'), words: [muted('lost: no threads'), muted('lost: no threads'), muted('lost')]}];
	}
	const {count} = breaks;
	const words = count === 0 ? 'lost, no breaks' : `lost in ${plural(count, 'break')}`;
	const change = previous ? changeOfLosses(breaks.lostCost ?? 0, previous.breaks.lostCost ?? 0) : [];
	return [
		{
			value: styledAs(count === 0 ? 'status.good' : 'status.poor', formatMoney(count === 0 ? 0 : breaks.lostCost)),
			words: [joined([muted(words), change], 1), muted(words), muted('lost')],
		},
	];
};

/** The share of input tokens that was read from the cache. */
export const tokenHitRate = ({summary}: Report): Figure => ({
	value: strong(formatPercent(summary.tokenHitRate)),
	words:
		summary.tokenHitRate === undefined
			? [muted('token hit rate: no usage in the log'), muted('token hit rate')]
			: [
					muted(`token hit rate of ${formatTokens(summary.tokens.input)} input`),
					muted('token hit rate'),
					muted('of tokens'),
				],
});

/** `$5.61 paid = first writes 2.25 + growth 0.60 + reads 2.08 + lost 0.68`. */
export const paid = (report: Report): readonly Figure[] => {
	const pieces = costPieces(report);
	const sumOf = (names: readonly string[]): Line => [
		...muted('paid = '),
		...pieces.flatMap(({amount}, index) => [
			...(index === 0 ? [] : muted(' + ')),
			...muted(`${names[index]} `),
			...primary(amount),
		]),
	];
	const names = pieces.map(({name}) => name);
	// Next to "lost to breaks", the sum of all losses needs a name of its own.
	const briefNames = names.map(name => name.replace(/^lost, .*/, 'all lost'));
	return pieces.length === 0
		? []
		: [
				{
					value: strong(formatMoney(report.summary.money.withCache)),
					words: [sumOf(names), sumOf(briefNames)],
					parts: pieces.map(({amount}, index) => [
						...muted(`${index === 0 ? 'paid =' : '+'} ${briefNames[index]} `),
						...primary(amount),
					]),
				},
			];
};
