import type {Mark} from '../../metrics/marks.js';
import {plural} from '../../metrics/number-words.js';
import type {Recommendation, Severity} from '../../metrics/recommendations/recommendation.js';
import type {Report} from '../../metrics/report/report.js';
import {blockLimit} from '../../metrics/sums/measures.js';
import {bar} from '../../text/bar.js';
import {columnsOf} from '../../text/columns-of.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {wrap} from '../../text/wrap.js';
import {
	formatChange,
	formatCount,
	formatMoney,
	formatPercent,
	formatTokens,
	moneyColumn,
	timeColumn,
} from '../numbers.js';
import {breakNotes, causeNames, lostMoney, smallRows, worthPhrase} from '../phrases.js';
import {coldHead, coldNote, coldRows} from '../rows/cold-rows.js';
import {whereLost} from '../rows/group-order.js';
import type {Tone} from '../rows/rows.js';
import {type Drawing, paragraph} from './drawing.js';

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(text => text.length));

/** `Block 1  1,050 (100.0 %)  ████`: the requests that marked a block, and their share of all requests with marks. */
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

/** Causes by cost, what they lost in total, and small losses; nothing if nothing was lost. */
export const causeLines = (report: Report, drawing: Drawing): readonly string[] => {
	const {breaks, previous} = report;
	const small = smallRows(report);
	if (breaks.count + small.length === 0) {
		return [];
	}
	const costs = moneyColumn([...breaks.byCause, breaks, ...small].map(({lostCost}) => lostCost));
	const rows = breaks.byCause.map((cause, index) => [
		causeNames[cause.cause],
		formatCount(cause.breaks),
		formatTokens(cause.lostTokens),
		costs[index] ?? '',
		cause.reported ? 'reported' : 'inferred',
	]);
	const total = [
		'Total',
		formatCount(breaks.count),
		formatTokens(breaks.lostTokens),
		costs[rows.length] ?? '',
		formatChange(
			breaks.lostCost,
			previous && lostMoney(previous.breaks, previous.summary.basis),
			formatMoney,
			drawing.ascii,
		),
	];
	return [
		...alignedLines([
			['Cause', 'Times', 'Tokens', 'Cost', ''],
			...(breaks.count === 0 ? [] : [...rows, total]),
			...small.map(({name, total: times, lostTokens}, index) => [
				name,
				formatCount(times),
				formatTokens(lostTokens),
				costs[rows.length + 1 + index] ?? '',
				'too small to be breaks',
			]),
		]),
		...breakNotes(breaks).flatMap(note => paragraph(note, drawing)),
	];
};

/** Cold starts by kind; nothing if there are none. */
export const coldLines = ({coldStarts}: Report, drawing: Drawing): readonly string[] =>
	coldStarts.total === 0 ? [] : [...alignedLines([coldHead, ...coldRows(coldStarts)]), ...paragraph(coldNote, drawing)];

/** Aligns a table of a name, three numbers and an optional note. */
const alignedLines = (table: readonly (readonly string[])[]): readonly string[] => {
	const widths = [0, 1, 2, 3].map(column => widest(table.map(row => row[column] ?? '')));
	return table.map(([name = '', ...cells]) =>
		[
			`  ${name.padEnd(widths[0] ?? 0)}`,
			...cells.map((cell, index) => (index < 3 ? cell.padStart(widths[index + 1] ?? 0) : cell)),
		]
			.join('  ')
			.trimEnd(),
	);
};

/** The projects and threads that lost the most. */
export const whereLostLines = (report: Report, {columns, ascii}: Drawing): readonly string[] =>
	whereLost(report).flatMap(({by, groups}) => {
		const costs = moneyColumn(groups.map(({lostCost}) => lostCost));
		const rows = groups.map(({name = '', breaks, lostTokens}, index) => ({
			name: sanitize(name, {ascii}),
			cells: [formatCount(breaks), formatTokens(lostTokens), costs[index] ?? ''],
		}));
		const head = {name: `${by[0]?.toUpperCase()}${by.slice(1)}`, cells: ['Times', 'Tokens', 'Cost']};
		const widths = [0, 1, 2].map(column => widest([head, ...rows].map(({cells}) => cells[column] ?? '')));
		const room = columns - 2 - widths.reduce((sum, width) => sum + width + 2, 0);
		const names = [head, ...rows].map(({name}) => cutMiddle(name, room, ascii));
		const width = Math.max(...names.map(name => columnsOf(name)));
		return [head, ...rows].map(({cells}, index) => {
			const name = names[index] ?? '';
			return [
				`  ${name}${' '.repeat(width - columnsOf(name))}`,
				...cells.map((cell, column) => cell.padStart(widths[column] ?? 0)),
			].join('  ');
		});
	});

const severityWords: Readonly<Record<Severity, string>> = {
	critical: 'Critical',
	warning: 'Warning',
	note: 'Note',
	good: 'Good',
};

const severityTones: Readonly<Partial<Record<Severity, Tone>>> = {critical: 'bad', warning: 'warning', good: 'good'};

/** Recommendations, numbered, each with its evidence and worth. */
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

/** Maximum number of marks listed, newest first. */
const mostMarks = 12;

/** The newest marks of the window, one per line. */
export const markLines = (marks: readonly Mark[], zone: string, {ascii}: Drawing): readonly string[] => {
	const shown = marks.slice(-mostMarks);
	const times = timeColumn(
		shown.map(({time}) => time),
		zone,
	);
	return shown.map(({name}, index) => `  ${times[index]}  ${sanitize(name, {ascii, columns: 80})}`);
};
