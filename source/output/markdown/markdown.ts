import {isEmptyFilter} from '../../metrics/filter.js';
import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {comparisonOf} from '../comparison/comparison.js';
import type {OutputContext} from '../context.js';
import {formatBytes, formatCount, formatTime} from '../numbers.js';
import {answerPhrase, basisPhrase, filterPhrase, title, windowPhrase} from '../phrases.js';
import {mostGroups} from '../rows/group-order.js';
import {costRows, overviewRows, priceNote, tokenRows} from '../rows/rows.js';
import {code, escapeMarkdown, table} from './escape.js';
import {causeParts, coldParts} from './losses.js';
import {
	blockParts,
	comparedParts,
	figureTable,
	groupParts,
	markParts,
	recommendationParts,
	whatIfParts,
} from './sections.js';

/** The report as GitHub-flavoured Markdown. */
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
