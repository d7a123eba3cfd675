import {assumption} from '../../metrics/money/what-if.js';
import type {Report} from '../../metrics/report/report.js';
import {sanitize} from '../../text/sanitize.js';
import {wrap} from '../../text/wrap.js';
import {comparisonOf} from '../comparison/comparison.js';
import type {OutputContext} from '../context.js';
import {survivedLines, suspectLines} from '../evidence/text.js';
import {answerPhrase, basisPhrase, filterPhrase, title, windowPhrase} from '../phrases.js';
import {groupHeading} from '../rows/group-order.js';
import {costRows, overviewRows, priceNote, type Row, tokenRows} from '../rows/rows.js';
import {sumPhrase, sumsOf} from '../rows/sums.js';
import {whatIfRows} from '../rows/what-if-rows.js';
import {comparedLines} from './comparison.js';
import {type Drawing, drawingOf, page, paragraph, section, type TextOptions} from './drawing.js';
import {emptyLines} from './empty.js';
import {groupLines} from './groups.js';
import {blockLines, causeLines, coldLines, markLines, recommendationLines, whereLostLines} from './sections.js';

/** The report as plain text: the answer in its first line, then the sections. Ends with a line feed. */
export const toText = (report: Report, context: OutputContext, options: TextOptions = {}): string => {
	const drawing = drawingOf(options);
	const filter = filterPhrase(report.filter);
	const answer = `Prompt cache, ${windowPhrase(report, context.zone)}: ${answerPhrase(report)}`;
	const [first = '', ...more] = paragraph(answer, drawing, 0);
	return [
		drawing.paint(first, 'heading'),
		...more,
		page(
			title,
			[
				`Window: ${windowPhrase(report, context.zone)}`,
				...(filter === undefined ? [] : [`Filter: ${filter}`]),
				`Basis:  ${basisPhrase(report.summary.basis)}`,
			],
			[
				...(report.count === 0 ? emptyLines(report, context, drawing) : sectionLines(report, context, drawing)),
				...section('Kept as sums only, and in no figure above', sumLines(context, drawing), drawing),
			],
			drawing,
		),
	].join('\n');
};

const sectionLines = (report: Report, {groupBy, zone, against}: OutputContext, drawing: Drawing): readonly string[] => {
	const note = priceNote(report.summary.money);
	const rowsAndNote = (rows: readonly Row[], text: string | undefined) => [
		...rowLines(rows, drawing),
		...(text === undefined ? [] : paragraph(text, drawing)),
	];
	return [
		...(against === undefined
			? []
			: section('Comparison', comparedLines(comparisonOf(report, against, zone, drawing.ascii), drawing), drawing)),
		...section('Overview', rowLines(overviewRows(report, drawing.ascii), drawing), drawing),
		...section('Token savings', rowLines(tokenRows(report, drawing.ascii), drawing), drawing),
		...section('Cost savings', rowsAndNote(costRows(report, drawing.ascii), note), drawing),
		...section('Block usage', blockLines(report, drawing), drawing),
		...(report.marks.length === 0 ? [] : section('Marks', markLines(report.marks, zone, drawing), drawing)),
		...section('Why cache was lost', causeLines(report, drawing), drawing),
		...section('Where cache was lost', whereLostLines(report, drawing), drawing),
		...section('What happened before breaks', suspectLines(report.evidence, drawing), drawing),
		...section('What survived', survivedLines(report.evidence, drawing), drawing),
		...section('Cold starts', coldLines(report, drawing), drawing),
		...(groupBy === undefined ? [] : section(groupHeading(groupBy), groupLines(report, groupBy, drawing), drawing)),
		...(report.whatIf ? section('What if', rowsAndNote(whatIfRows(report.whatIf), assumption), drawing) : []),
		...section('Recommendations', recommendationLines(report, drawing), drawing),
	];
};

/** Maximum number of sums listed. */
const mostSums = 10;

const sumLines = ({readings}: OutputContext, drawing: Drawing): readonly string[] => {
	const sums = sumsOf(readings);
	const more = sums.length - mostSums;
	return [
		...sums
			.slice(0, mostSums)
			.flatMap(sum => paragraph(`${sanitize(sum.source, {ascii: drawing.ascii})}: ${sumPhrase(sum)}`, drawing)),
		...(more > 0 ? paragraph(`and ${more} more`, drawing) : []),
	];
};

const rowLines = (rows: readonly Row[], drawing: Drawing): readonly string[] => {
	const labels = Math.max(...rows.map(({label}) => label.length)) + 2;
	const values = Math.max(...rows.map(({value}) => value.length));
	return rows.flatMap(({label, value, aside, note, change, tone}) => {
		const figure = `${value.padStart(values)}${aside === undefined ? '' : ` ${aside}`}`;
		const start = `  ${label.padEnd(labels)}`;
		const rest = [note, change].filter(text => text !== undefined && text !== '').join('  ');
		const painted = start + (tone ? drawing.paint(figure, tone) : figure);
		const [first = '', ...more] = wrap(rest, Math.max(12, drawing.columns - start.length - figure.length - 2));
		return [
			first === '' ? painted : `${painted}  ${first}`,
			...more.map(line => `${' '.repeat(start.length + figure.length + 2)}${line}`),
		];
	});
};
