import type {Report} from '../../metrics/report.js';
import {plural} from '../../metrics/words.js';
import {costPieces} from '../../output/cost-line.js';
import {formatMoney, formatPercent, formatTokens} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import {type Line, muted, primary, strong, styledAs} from '../text/line.js';
import {changeOfLosses, changeOfSavings} from './change.js';
import type {Fact, Note} from './facts.js';

/** Sums of many tokens are not exact to the last one. */
const rounding = 1e-9;

const net = ({summary, previous}: Report): Fact => {
	const {netSavings, savingsRate} = summary.money;
	const isLoss = netSavings !== undefined && netSavings < 0;
	const rate = formatPercent(Math.abs(savingsRate ?? 0));
	const token = isLoss ? 'status.poor' : 'status.good';
	const note = (): Note => {
		if (netSavings === undefined) {
			return {line: muted(summary.basis === 'planned' ? 'the log has no tokens' : 'no known price'), keep: 9};
		}
		if (savingsRate === undefined) {
			return {line: [], keep: 9};
		}
		return isLoss
			? {line: styledAs(token, `${rate} more than without`), shorter: [styledAs(token, `${rate} more`)], keep: 9}
			: {line: styledAs(token, rate), keep: 9};
	};
	return {
		label: isLoss ? 'Loss' : 'Net saved',
		value:
			netSavings === undefined ? strong(formatMoney(netSavings)) : styledAs(token, formatMoney(Math.abs(netSavings))),
		notes: [note()],
		change:
			summary.basis === previous?.summary.basis ? changeOfSavings(netSavings, previous?.summary.money.netSavings) : [],
	};
};

const without = ({summary}: Report): Fact => ({
	label: 'Without cache',
	value: primary(formatMoney(summary.money.withoutCache)),
	notes: [],
});

const withCache = ({summary}: Report): Fact => {
	const {writePremium} = summary.money;
	return {
		label: 'With cache',
		value: primary(formatMoney(summary.money.withCache)),
		notes: writePremium
			? [
					{
						line: muted(`incl. ${formatMoney(writePremium)} write premium`),
						shorter: [muted(`premium ${formatMoney(writePremium)}`)],
						keep: 2,
					},
				]
			: [],
	};
};

const tokensSaved = ({summary}: Report): Fact => ({
	label: 'Tokens saved',
	value: primary(formatTokens(summary.tokensSaved)),
	notes:
		summary.tokensPerHit === undefined ? [] : [{line: muted(`${formatTokens(summary.tokensPerHit)} per hit`), keep: 2}],
});

/** Plans do not tell what was lost. */
const lost = ({summary, breaks, previous}: Report): readonly Fact[] => {
	if (summary.basis !== 'measured') {
		return [];
	}
	const {count} = breaks;
	const tokens = {line: muted(`${formatTokens(breaks.lostTokens)} tokens`), keep: 1};
	return [
		{
			label: 'Lost to breaks',
			value: primary(count === 0 ? formatMoney(0) : formatMoney(breaks.lostCost)),
			notes:
				count === 0
					? [{line: muted('no breaks'), keep: 3}]
					: [{line: muted(`in ${plural(count, 'break')}`), keep: 3}, tokens],
			change: previous ? changeOfLosses(breaks.lostCost ?? 0, previous.breaks.lostCost ?? 0) : [],
		},
	];
};

const coverage = ({summary}: Report): readonly Fact[] => {
	const priced = summary.money.coverage;
	return priced === undefined || priced >= 1 - rounding
		? []
		: [
				{
					label: 'Priced',
					value: styledAs('status.fair', formatPercent(Math.min(priced, 0.999))),
					notes: [{line: muted('of input; no price for the rest'), shorter: [muted('of input')], keep: 3}],
				},
			];
};

const assumed = ({summary}: Report): readonly Fact[] => {
	const {assumedPrices} = summary.money;
	return assumedPrices === undefined
		? []
		: [{label: 'Prices', value: [], notes: [{line: muted(sanitize(assumedPrices)), keep: 9}]}];
};

/**
 * Where the money went, in one row or in two: parts that add up to the cost with cache as it is written. Empty where
 * that is not known, or where the parts do not all fit.
 */
export const costPartRows = (report: Report, columns: number): readonly Line[] => {
	const parts = costPieces(report);
	const [first, growth, reads, lostParts] = parts;
	if (!first || !growth || !reads || !lostParts) {
		return [];
	}
	const words = (pieces: readonly {readonly name: string; readonly amount: string}[]) =>
		pieces.map(({name, amount}) => `${name} $${amount}`).join(' + ');
	const brief = {...lostParts, name: 'lost'};
	const attempts = [
		[words(parts)],
		[words([first, growth, reads, brief])],
		[words([first, growth]), `+ ${words([reads, lostParts])}`],
		[words([first, growth]), `+ ${words([reads, brief])}`],
	];
	return (attempts.find(rows => rows.every(row => row.length + 2 <= columns)) ?? []).map((row, index) => [
		...muted(index === 0 ? '= ' : '  '),
		...primary(row),
	]);
};

/** What the cache did to the bill, the most important first. */
export const savingsFacts = (report: Report): readonly Fact[] => [
	net(report),
	without(report),
	withCache(report),
	...coverage(report),
	...assumed(report),
	tokensSaved(report),
	...lost(report),
];
