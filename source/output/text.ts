import type {Report} from '../metrics/report.js';
import type {OutputContext} from './context.js';
import type {Drawing} from './drawing.js';
import {emptyLines} from './empty-text.js';
import {basisPhrase, title, windowPhrase} from './phrases.js';
import {costRows, overviewRows, priceNote, type Row, tokenRows} from './rows.js';
import {toAscii} from './sanitize.js';
import {blockLines, causeLines, recommendationLines} from './text-sections.js';
import {wrap} from './wrap.js';

export type TextOptions = {
	/** Seven-bit characters only. */
	readonly ascii?: boolean | undefined;
	/** With ANSI colours; none without. */
	readonly colour?: boolean | undefined;
	/** Terminal columns there are; the report takes 80 at most, 60 at least. */
	readonly columns?: number | undefined;
};

const codes = {heading: 1, good: 32, warning: 33, bad: 31} as const;

/** The report as plain text, in the order that the reference script prints it. Ends with a line feed. */
export const toText = (report: Report, context: OutputContext, options: TextOptions = {}): string => {
	const drawing: Drawing = {
		columns: Math.min(80, Math.max(60, Math.floor(options.columns ?? 80))),
		ascii: options.ascii ?? false,
		paint: (text, tone) => (options.colour ? `\u001B[${codes[tone]}m${text}\u001B[0m` : text),
	};
	const lines = [
		...headerLines(report, context, drawing),
		...(report.requests.length === 0 ? emptyLines(report, context, drawing) : sectionLines(report, drawing)),
		'',
		'='.repeat(drawing.columns),
	];
	return `${lines.join('\n')}\n`;
};

const headerLines = (report: Report, {zone}: OutputContext, {columns, paint}: Drawing): readonly string[] => {
	const rule = '='.repeat(columns);
	return [
		rule,
		paint(title.toUpperCase(), 'heading'),
		...wrap(`Window: ${windowPhrase(report, zone)}`, columns),
		...wrap(`Basis:  ${basisPhrase(report.summary.basis)}`, columns),
		rule,
	];
};

const sectionLines = (report: Report, drawing: Drawing): readonly string[] => {
	const note = priceNote(report.summary.money);
	return [
		...section('Overview', rowLines(overviewRows(report, drawing.ascii), drawing), drawing),
		...section('Token savings', rowLines(tokenRows(report, drawing.ascii), drawing), drawing),
		...section(
			'Cost savings',
			[...rowLines(costRows(report, drawing.ascii), drawing), ...(note === undefined ? [] : indented(note, drawing))],
			drawing,
		),
		...section('Block usage', blockLines(report, drawing), drawing),
		...section('Why cache was lost', causeLines(report, drawing), drawing),
		...section('Recommendations', recommendationLines(report, drawing), drawing),
	];
};

const section = (heading: string, lines: readonly string[], {paint}: Drawing): readonly string[] =>
	lines.length > 0 ? ['', paint(heading.toUpperCase(), 'heading'), ...lines] : [];

const indented = (text: string, {columns, ascii}: Drawing): readonly string[] =>
	wrap(ascii ? toAscii(text) : text, columns - 2).map(line => `  ${line}`);

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
