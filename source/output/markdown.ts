import type {Group} from '../metrics/groups.js';
import type {Report} from '../metrics/report.js';
import {plural} from '../metrics/words.js';
import type {OutputContext} from './context.js';
import {code, escapeMarkdown, table} from './markdown-text.js';
import {formatBytes, formatCount, formatMoney, formatPercent, formatTime, formatTokens} from './numbers.js';
import {basisPhrase, causeNames, title, windowPhrase} from './phrases.js';
import {costRows, overviewRows, priceNote, type Row, tokenRows} from './rows.js';

/** Groups beyond so many say little in a report that is read. */
const mostGroups = 20;

/** The report as GitHub-flavoured Markdown, to be forwarded. */
export const toMarkdown = (report: Report, context: OutputContext): string => {
	const {zone} = context;
	const parts = [
		`# ${title}`,
		[
			`- Window: ${escapeMarkdown(windowPhrase(report, zone))}`,
			`- Basis: ${basisPhrase(report.summary.basis)}`,
			`- Made: ${formatTime(report.generatedAt, zone, 'date')}`,
		].join('\n'),
		...(report.requests.length === 0 ? emptyParts(context) : sections(report)),
		...problemParts(context),
	];
	return `${parts.join('\n\n')}\n`;
};

const emptyParts = ({readings}: OutputContext): readonly string[] => [
	'No requests in this window.',
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

const sections = (report: Report): readonly string[] => {
	const note = priceNote(report.summary.money);
	return [
		'## Overview',
		figureTable(overviewRows(report, false)),
		'## Savings',
		figureTable([...tokenRows(report, false), ...costRows(report, false)]),
		...(note === undefined ? [] : [escapeMarkdown(note)]),
		...blockParts(report),
		...causeParts(report),
		...groupParts('Models', 'Model', report.models),
		...recommendationParts(report),
	];
};

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

const causeParts = ({breaks}: Report): readonly string[] =>
	breaks.all.length === 0
		? []
		: [
				'## Why cache was lost',
				table(
					['Cause', 'Times', 'Tokens', 'Cost', 'Known by'],
					[
						...breaks.byCause.map(({cause, reported, breaks: times, lostTokens, lostCost}) => [
							causeNames[cause],
							formatCount(times),
							formatTokens(lostTokens),
							formatMoney(lostCost),
							reported ? 'reported' : 'inferred',
						]),
						[
							'**Together**',
							formatCount(breaks.all.length),
							formatTokens(breaks.lostTokens),
							formatMoney(breaks.lostCost),
							'',
						],
					],
					column => column > 0 && column < 4,
				),
			];

const groupParts = (heading: string, head: string, groups: readonly Group[]): readonly string[] => {
	const left = groups.length - mostGroups;
	return [
		`## ${heading}`,
		table(
			[head, 'Requests', 'Hit rate', 'Token hit rate', 'Tokens saved', 'Net savings'],
			groups
				.slice(0, mostGroups)
				.map(({name, summary}) => [
					name === undefined ? 'n/a' : code(name),
					formatCount(summary.requests),
					formatPercent(summary.hitRate),
					formatPercent(summary.tokenHitRate),
					formatTokens(summary.tokensSaved),
					formatMoney(summary.money.netSavings),
				]),
			column => column > 0,
		),
		...(left > 0 ? [`And ${formatCount(left)} more.`] : []),
	];
};

const recommendationParts = ({recommendations}: Report): readonly string[] =>
	recommendations.length === 0
		? []
		: [
				'## Recommendations',
				table(
					['', 'Evidence', 'Action', 'Worth a day'],
					recommendations.map(({severity, evidence, action, worthPerDay}) => [
						severity,
						escapeMarkdown(evidence),
						escapeMarkdown(action),
						formatMoney(worthPerDay),
					]),
					column => column === 3,
				),
			];

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
