import type {Report} from '../../metrics/report/report.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import type {OutputContext} from '../context.js';
import {formatCount, formatPercent, priceColumn} from '../numbers.js';
import {filterPhrase, windowPhrase} from '../phrases.js';
import {type Drawing, drawingOf, page, paragraph, section, type TextOptions} from '../text/drawing.js';
import {emptyLines} from '../text/empty.js';
import {type PriceRow, perMillion, priceRowsOf} from './price-rows.js';

/** The price of each model of a window and where it comes from, for people. Ends with a line feed. */
export const pricesText = (report: Report, context: OutputContext, options: TextOptions = {}): string => {
	const drawing = drawingOf(options);
	const filter = filterPhrase(report.filter);
	const rows = priceRowsOf(report, context.prices);
	return page(
		'Model prices',
		[
			`Window: ${windowPhrase(report, context.zone)}`,
			...(filter === undefined ? [] : [`Filter: ${filter}`]),
			"Prices: dollars per million tokens, at the time and size of a model's latest request",
		],
		rows.length === 0
			? emptyLines(report, context, drawing)
			: [
					'',
					...tableLines(rows, drawing),
					...coverageLines(report, drawing),
					...section('What to do', nextLines(rows, drawing), drawing),
				],
		drawing,
	);
};

const heads = ['Requests', 'Of input', 'Input', 'Read', 'Write 5m', 'Write 1h', 'Output'] as const;

const kinds = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const;

const cellsOf = (rows: readonly PriceRow[]): readonly (readonly string[])[] => {
	const columns = kinds.map(kind =>
		priceColumn(
			rows.map(({prices}) => {
				const price = prices?.[kind];
				return price === undefined ? undefined : perMillion(price);
			}),
		),
	);
	return rows.map(({requests, share}, row) => [
		formatCount(requests),
		formatPercent(share),
		...columns.map(column => column[row] ?? ''),
	]);
};

const tableLines = (rows: readonly PriceRow[], drawing: Drawing): readonly string[] => {
	const figures = cellsOf(rows);
	const widths = heads.map((head, column) =>
		Math.max(head.length, ...figures.map(cells => cells[column]?.length ?? 0)),
	);
	const width = 2 + widths.reduce((sum, each) => sum + each + 2, -2);
	const gap = width > drawing.columns ? ' ' : '  ';
	const line = (cells: readonly string[]) => `  ${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(gap)}`;
	return [
		line(heads),
		...rows.flatMap((row, index) => [
			'',
			`  ${nameOf(row, drawing)}`,
			line(figures[index] ?? []),
			...notesOf(row).flatMap(note => paragraph(note, drawing, 4)),
		]),
	];
};

const nameOf = ({model}: PriceRow, {columns, ascii}: Drawing): string =>
	model === undefined ? 'n/a (the log names no model)' : cutMiddle(sanitize(model, {ascii}), columns - 2, ascii);

const notesOf = ({prices, tiered}: PriceRow): readonly string[] =>
	prices
		? [
				`from ${sanitize(prices.from)}`,
				...(tiered ? ['by tiers: larger requests have another price than smaller ones'] : []),
				...(prices.derived1h
					? ["1-hour writes derived from the maker's rule, 2 × input: the provider's list has no price for them"]
					: []),
			]
		: ['no price is known: its tokens count, its money does not'];

const coverageLines = ({summary}: Report, drawing: Drawing): readonly string[] => {
	const {coverage} = summary.money;
	return coverage === undefined
		? []
		: ['', ...paragraph(`Price coverage: ${formatPercent(coverage)} of input tokens have a known price.`, drawing)];
};

/** Names that are safe to paste into a shell; a log may contain any. */
const harmless = /^\w[\w.:/@-]*$/;

const nextLines = (rows: readonly PriceRow[], drawing: Drawing): readonly string[] => {
	// Models without input tokens need no price: agents log their own messages under pseudo-models.
	const unpriced = rows.filter(({prices, assumed, input}) => (!prices || assumed) && input !== 0);
	const named = unpriced.flatMap(({model}) => model ?? []);
	const [example] = named;
	const subject = example !== undefined && harmless.test(example) ? example : 'MODEL';
	return [
		...(named.length > 0
			? [
					...paragraph(
						`Give ${named.length === 1 ? 'the model' : 'each model'} without a price of its own one, in dollars per million tokens, or that of another model:`,
						drawing,
					),
					// Kept on one line, however long, for copying.
					`    --price ${subject}=INPUT,READ[,WRITE5M[,WRITE1H[,OUTPUT]]]`,
					`    --price ${subject}=OTHER-MODEL`,
				]
			: []),
		...(unpriced.some(({model, assumed}) => model === undefined && assumed)
			? paragraph('Name the model that the log leaves out: --model MODEL', drawing)
			: []),
	];
};
