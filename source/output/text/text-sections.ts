import type {Mark} from '../../metrics/marks.js';
import {blockLimit} from '../../metrics/measures.js';
import type {Recommendation, Severity} from '../../metrics/recommendations/recommendation.js';
import type {Report} from '../../metrics/report.js';
import {plural} from '../../metrics/words.js';
import {sanitize} from '../../text/sanitize.js';
import {bar} from '../bars.js';
import {formatChange, formatCount, formatMoney, formatPercent, formatTime, formatTokens} from '../numbers.js';
import {causeNames, worthPhrase} from '../phrases.js';
import type {Drawing} from '../picture/drawing.js';
import type {Tone} from '../rows.js';
import {wrap} from '../wrap.js';

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(text => text.length));

/** `Block 1  1,050 (100.0 %)  ████`: requests that marked it, and its share of those that marked any. */
export const blockLines = ({blocks}: Report, {columns, ascii}: Drawing): readonly string[] => {
	const rows = blocks.usage.map(block => ({
		...block,
		label: `Block ${block.number}`,
		count: formatCount(block.requests),
		percent: `(${formatPercent(block.share)})`,
	}));
	const labels = widest(rows.map(({label}) => label));
	const counts = widest(rows.map(({count}) => count));
	const percents = widest(rows.map(({percent}) => percent));
	const lines = rows.map(({label, count, percent, share}) => {
		const start = `  ${label.padEnd(labels)}  ${count.padStart(counts)} ${percent.padEnd(percents)}  `;
		return `${start}${bar(share, Math.min(40, columns - start.length), {unicode: !ascii})}`.trimEnd();
	});
	return [
		...lines,
		...(blocks.atLimit > 0 ? [`  ${plural(blocks.atLimit, 'request')} used all ${blockLimit} blocks.`] : []),
		...(blocks.reused > 0 ? [`  ${plural(blocks.reused, 'request')} used stored blocks again.`] : []),
	];
};

/** Causes by money, and what they lost together; nothing where nothing broke. */
export const causeLines = ({breaks, previous}: Report, {ascii}: Drawing): readonly string[] => {
	if (breaks.count === 0) {
		return [];
	}
	const rows = breaks.byCause.map(cause => [
		causeNames[cause.cause],
		formatCount(cause.breaks),
		formatTokens(cause.lostTokens),
		formatMoney(cause.lostCost),
		cause.reported ? 'reported' : 'inferred',
	]);
	const total = [
		'Together',
		formatCount(breaks.count),
		formatTokens(breaks.lostTokens),
		formatMoney(breaks.lostCost),
		formatChange(breaks.lostCost, previous?.breaks.lostCost, formatMoney, ascii),
	];
	const table = [['Cause', 'Times', 'Tokens', 'Cost', ''], ...rows, total];
	const widths = [0, 1, 2, 3].map(column => widest(table.map(row => row[column] ?? '')));
	return table.map(([cause = '', ...cells]) =>
		[
			`  ${cause.padEnd(widths[0] ?? 0)}`,
			...cells.map((cell, index) => (index < 3 ? cell.padStart(widths[index + 1] ?? 0) : cell)),
		]
			.join('  ')
			.trimEnd(),
	);
};

const severityWords: Readonly<Record<Severity, string>> = {
	critical: 'Critical',
	warning: 'Warning',
	note: 'Note',
	good: 'Good',
};

const severityTones: Readonly<Partial<Record<Severity, Tone>>> = {critical: 'bad', warning: 'warning', good: 'good'};

export const recommendationLines = ({recommendations}: Report, drawing: Drawing): readonly string[] =>
	recommendations.length === 0
		? ['  Nothing to do.']
		: recommendations.flatMap((recommendation, index) => oneRecommendation(recommendation, index + 1, drawing));

const oneRecommendation = (
	{severity, evidence, action, ...worth}: Recommendation,
	number: number,
	{columns, ascii, paint}: Drawing,
): readonly string[] => {
	const start = `  ${number}. `;
	const lines = (text: string) => wrap(sanitize(text, {ascii}), columns - start.length);
	const tone = severityTones[severity];
	const word = severityWords[severity];
	const [first = '', ...more] = [
		...lines(`${word}: ${evidence}`),
		...lines(action),
		...(worth.cost === undefined ? [] : [`${worthPhrase(worth)}.`]),
	];
	return [
		start + (tone ? first.replace(word, paint(word, tone)) : first),
		...more.map(line => `${' '.repeat(start.length)}${line}`),
	];
};

/** A report for people shows the newest of so many. */
const mostMarks = 12;

export const markLines = (marks: readonly Mark[], zone: string, {ascii}: Drawing): readonly string[] =>
	marks
		.slice(-mostMarks)
		.map(({time, name}) => `  ${formatTime(time, zone, 'date')}  ${sanitize(name, {ascii, columns: 80})}`);
