import {isEmptyFilter} from '../../metrics/filter.js';
import type {Group, GroupBy} from '../../metrics/groups.js';
import {assumption} from '../../metrics/money/what-if.js';
import type {Report} from '../../metrics/report.js';
import {plural} from '../../metrics/words.js';
import {type Comparison, comparisonOf} from '../comparison/comparison.js';
import type {OutputContext} from '../context.js';
import {evidenceParts} from '../evidence/markdown.js';
import {
	formatBytes,
	formatChange,
	formatCount,
	formatMoney,
	formatPercent,
	formatTime,
	formatTokens,
	moneyColumn,
} from '../numbers.js';
import {
	answerPhrase,
	basisPhrase,
	causeNames,
	filterPhrase,
	lostMoney,
	provisionalPhrase,
	smallRows,
	title,
	windowPhrase,
} from '../phrases.js';
import {coldHead, coldNote, coldRows} from '../rows/cold-rows.js';
import {groupHeading, groupsBy, lostColumn, mostGroups, whereLost} from '../rows/group-order.js';
import {costRows, overviewRows, priceNote, type Row, tokenRows} from '../rows/rows.js';
import {whatIfRows} from '../rows/what-if-rows.js';
import {code, escapeMarkdown, table} from './escape.js';

/** The report as GitHub-flavoured Markdown, to be forwarded. */
export const toMarkdown = (report: Report, context: OutputContext): string => {
	const {zone} = context;
	const filter = filterPhrase(report.filter);
	const parts = [
		`# ${title}`,
		`**${escapeMarkdown(answerPhrase(report))}**`,
		[
			`- Window: ${escapeMarkdown(windowPhrase(report, zone))}`,
			...(filter === undefined ? [] : [`- Filter: ${escapeMarkdown(filter)}`]),
			`- Basis: ${basisPhrase(report.summary.basis)}`,
			`- Made: ${formatTime(report.generatedAt, zone, 'date')}`,
		].join('\n'),
		...(report.count === 0 ? emptyParts(report, context) : sections(report, context)),
		...problemParts(context),
	];
	return `${parts.join('\n\n')}\n`;
};

const emptyParts = ({filter}: Report, {readings}: OutputContext): readonly string[] => [
	isEmptyFilter(filter) ? 'No requests in this window.' : 'No requests in this window match the filter.',
	...(readings.length === 0
		? ['No log was read.']
		: [
				table(
					['Looked at', 'Size', 'Lines', 'Format'],
					readings
						.slice(0, mostGroups)
						.map(({facts, format}) => [
							code(facts.log.name),
							formatBytes(facts.size),
							formatCount(facts.lines),
							format ?? 'not recognised',
						]),
					column => column === 1 || column === 2,
				),
			]),
];

const sections = (report: Report, {groupBy, zone, against}: OutputContext): readonly string[] => {
	const note = priceNote(report.summary.money);
	return [
		...(against === undefined ? [] : comparedParts(comparisonOf(report, against, zone))),
		'## Overview',
		figureTable(overviewRows(report, false)),
		'## Savings',
		figureTable([...tokenRows(report, false), ...costRows(report, false)]),
		...(note === undefined ? [] : [escapeMarkdown(note)]),
		...blockParts(report),
		...markParts(report, zone),
		...causeParts(report),
		...coldParts(report),
		...(groupBy === undefined || groupBy === 'model' ? [] : groupParts(report, groupBy)),
		...groupParts(report, 'model'),
		...whatIfParts(report),
		...recommendationParts(report),
	];
};

const comparedParts = ({against, note, names, figures, causes}: Comparison): readonly string[] => {
	const compared = (first: string, rows: Comparison['figures']) =>
		table(
			[first, ...names.map(escapeMarkdown), 'Change'],
			rows.map(({label, before, now, change}) => [label, before, now, change]),
			column => column > 0,
		);
	return [
		'## Comparison',
		escapeMarkdown(`With ${against}.${note === undefined ? '' : ` ${note}`}`),
		compared('Figure', figures),
		...(causes.length === 0 ? [] : [compared('Cause', causes)]),
	];
};

const markParts = ({marks}: Report, zone: string): readonly string[] =>
	marks.length === 0
		? []
		: [
				'## Marks',
				marks
					.slice(-mostGroups)
					.map(({time, name}) => `- ${formatTime(time, zone, 'date')} ${escapeMarkdown(name)}`)
					.join('\n'),
			];

const figureTable = (rows: readonly Row[]): string =>
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

const blockParts = ({blocks}: Report): readonly string[] =>
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

const causeParts = (report: Report): readonly string[] => {
	const {breaks, evidence, previous} = report;
	const small = smallRows(report);
	const costs = moneyColumn([...breaks.byCause, breaks, ...small].map(({lostCost}) => lostCost));
	const total = breaks.byCause.length;
	return breaks.count + small.length === 0
		? []
		: [
				'## Why cache was lost',
				table(
					['Cause', 'Times', 'Tokens', 'Cost', 'Known by'],
					[
						...breaks.byCause.map(({cause, reported, breaks: times, lostTokens}, index) => [
							causeNames[cause],
							formatCount(times),
							formatTokens(lostTokens),
							costs[index] ?? '',
							reported ? 'reported' : 'inferred',
						]),
						...(breaks.count === 0
							? []
							: [
									[
										'**Total**',
										formatCount(breaks.count),
										formatTokens(breaks.lostTokens),
										costs[total] ?? '',
										formatChange(
											breaks.lostCost,
											previous && lostMoney(previous.breaks, previous.summary.basis),
											formatMoney,
										),
									],
								]),
						...small.map(({name, total: times, lostTokens}, index) => [
							name,
							formatCount(times),
							formatTokens(lostTokens),
							costs[total + 1 + index] ?? '',
							'too small to be breaks',
						]),
					],
					column => column > 0 && column < 4,
				),
				...(breaks.provisional.count === 0 ? [] : [provisionalPhrase(breaks)]),
				...whereLost(report).map(wherePart),
				...evidenceParts(evidence),
			];
};

const coldParts = ({coldStarts}: Report): readonly string[] =>
	coldStarts.total === 0
		? []
		: ['## Cold starts', table(coldHead, coldRows(coldStarts), column => column > 0), coldNote];

/** The projects, or the threads, that lost the most. */
const wherePart = ({by, groups}: ReturnType<typeof whereLost>[number]): string => {
	const costs = moneyColumn(groups.map(({lostCost}) => lostCost));
	return table(
		[`${by[0]?.toUpperCase()}${by.slice(1)}`, 'Times', 'Tokens', 'Cost'],
		groups.map(({name = '', breaks, lostTokens}, index) => [
			code(name),
			formatCount(breaks),
			formatTokens(lostTokens),
			costs[index] ?? '',
		]),
		column => column > 0,
	);
};

const groupRows = (groups: readonly Group[]): readonly (readonly string[])[] => {
	const savings = moneyColumn(groups.map(({summary}) => summary.money.netSavings));
	const lost = lostColumn(groups);
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

const groupParts = (report: Report, by: GroupBy): readonly string[] => {
	const groups = groupsBy(report, by);
	const left = groups.length - mostGroups;
	return [
		`## ${groupHeading(by)}`,
		table(
			['Name', 'Requests', 'Hit rate', 'Token hit rate', 'Tokens saved', 'Net savings', 'Lost'],
			groupRows(groups.slice(0, mostGroups)),
			column => column > 0,
		),
		...(left > 0 ? [`And ${formatCount(left)} more.`] : []),
	];
};

const whatIfParts = ({whatIf}: Report): readonly string[] =>
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

const recommendationParts = ({recommendations}: Report): readonly string[] => {
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

const problemParts = ({problems}: OutputContext): readonly string[] =>
	problems.length === 0
		? []
		: [
				'## Not read',
				problems
					.map(
						({name, message, count}) =>
							`- ${code(name)}: ${escapeMarkdown(message)}${count > 1 ? ` (${plural(count, 'time')})` : ''}`,
					)
					.join('\n'),
			];
