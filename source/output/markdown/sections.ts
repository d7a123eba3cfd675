import type {Group, GroupBy} from '../../metrics/groups.js';
import {assumption} from '../../metrics/money/what-if.js';
import type {Report} from '../../metrics/report/report.js';
import type {Comparison} from '../comparison/comparison.js';
import {formatCount, formatPercent, formatTime, formatTokens, moneyColumn} from '../numbers.js';
import {knowsBreaks} from '../phrases.js';
import {groupHeading, groupsBy, lostColumn, mostGroups} from '../rows/group-order.js';
import type {Row} from '../rows/rows.js';
import {whatIfRows} from '../rows/what-if-rows.js';
import {code, escapeMarkdown, table} from './escape.js';

/** A comparison: figures and causes of both sides, and how they changed. */
export const comparedParts = ({against, note, names, head, causes, more}: Comparison): readonly string[] => {
	const compared = (first: string, rows: Comparison['head']) =>
		table(
			[first, ...names.map(escapeMarkdown), 'Change'],
			rows.map(({label, before, now, change}) => [label, before, now, change]),
			column => column > 0,
		);
	return [
		'## Comparison',
		escapeMarkdown(`Compared with ${against}.${note === undefined ? '' : ` ${note}`}`),
		compared('Figure', [...head, ...more]),
		...(causes.length === 0 ? [] : [compared('Cause', causes)]),
	];
};

/** The newest marks of the window. */
export const markParts = ({marks}: Report, zone: string): readonly string[] =>
	marks.length === 0
		? []
		: [
				'## Marks',
				marks
					.slice(-mostGroups)
					.map(({time, name}) => `- ${formatTime(time, zone, 'date')} ${escapeMarkdown(name)}`)
					.join('\n'),
			];

/** Figures, one per row, with their changes. */
export const figureTable = (rows: readonly Row[]): string =>
	table(
		['Figure', 'Value', 'Change', ''],
		rows.map(({label, value, aside, change, note}) => [
			label,
			aside === undefined ? value : `${value} ${aside}`,
			change ?? '',
			note ?? '',
		]),
		column => column === 1 || column === 2,
	);

/** Cache blocks of plans by number; nothing if none was marked. */
export const blockParts = ({blocks}: Report): readonly string[] =>
	blocks.usage.length === 0
		? []
		: [
				'## Blocks',
				table(
					['Block', 'Requests', 'Share', 'Tokens', 'Average'],
					blocks.usage.map(({number, requests, share, tokens, averageTokens}) => [
						String(number),
						formatCount(requests),
						formatPercent(share),
						formatTokens(tokens),
						formatCount(averageTokens),
					]),
					column => column > 0,
				),
			];

const groupRows = (groups: readonly Group[], isLossKnown: boolean): readonly (readonly string[])[] => {
	const savings = moneyColumn(groups.map(({summary}) => summary.money.netSavings));
	const lost = lostColumn(groups, isLossKnown);
	return groups.map(({name, summary}, index) => [
		name === undefined ? 'n/a' : code(name),
		formatCount(summary.requests),
		formatPercent(summary.hitRate),
		formatPercent(summary.tokenHitRate),
		formatTokens(summary.tokensSaved),
		savings[index] ?? '',
		lost[index] ?? '',
	]);
};

/** The groups that lost the most, and how many were left out. */
export const groupParts = (report: Report, by: GroupBy): readonly string[] => {
	const groups = groupsBy(report, by);
	const left = groups.length - mostGroups;
	return [
		`## ${groupHeading(by)}`,
		table(
			['Name', 'Requests', 'Hit rate', 'Token hit rate', 'Tokens saved', 'Net savings', 'Lost'],
			groupRows(groups.slice(0, mostGroups), knowsBreaks(report)),
			column => column > 0,
		),
		...(left > 0 ? [`And ${formatCount(left)} more.`] : []),
	];
};

/** What the same requests would have cost under other policies; nothing without a price. */
export const whatIfParts = ({whatIf}: Report): readonly string[] =>
	whatIf
		? [
				'## What if',
				table(
					['Policy', 'Net cost', ''],
					whatIfRows(whatIf).map(({label, value, note, tone}) => [
						tone === 'good' ? `**${label}**` : label,
						value,
						note ?? '',
					]),
					column => column === 1,
				),
				assumption,
			]
		: [];

/** Recommendations and what they are worth; nothing if there are none. */
export const recommendationParts = ({recommendations}: Report): readonly string[] => {
	const costs = moneyColumn(recommendations.map(({cost}) => cost));
	const worth = moneyColumn(recommendations.map(({worthPerMonth}) => worthPerMonth));
	return recommendations.length === 0
		? []
		: [
				'## Recommendations',
				table(
					['', 'Evidence', 'Action', 'Cost', 'Worth a month'],
					recommendations.map(({severity, evidence, action}, index) => [
						severity,
						escapeMarkdown(evidence),
						escapeMarkdown(action),
						costs[index] ?? '',
						worth[index] ?? '',
					]),
					column => column >= 3,
				),
			];
};
