import type {Report} from '../../metrics/report/report.js';
import {flow} from '../text/flow.js';
import {joined, type Line, padEnd, padStart, space, widthOf} from '../text/line.js';
import {partRows} from '../text/part-rows.js';
import {type Figure, hitRate, lost, paid, saved, tokenHitRate} from './answer-figures.js';

const gap = 4;

const wordsOf = ({words}: Figure, level: number): Line => words[Math.min(level, words.length - 1)] ?? [];

const grid = (rows: readonly (readonly Figure[])[], level: number): readonly Line[] => {
	const count = Math.max(...rows.map(({length}) => length));
	const widths = Array.from({length: count}, (_, column) => {
		const cells = rows.flatMap(row => row[column] ?? []);
		return {
			value: Math.max(0, ...cells.map(({value}) => widthOf(value))),
			// The last figure of a row may be wider than its column.
			words: Math.max(
				0,
				...rows.flatMap(row => {
					const figure = column < row.length - 1 ? row[column] : undefined;
					return figure ? widthOf(wordsOf(figure, level)) : [];
				}),
			),
		};
	});
	return rows.map(row =>
		row.flatMap((figure, column) => {
			const {value = 0, words = 0} = widths[column] ?? {};
			const text = wordsOf(figure, level);
			const between = level >= 2 ? 2 : gap;
			return [
				...(column === 0 ? [] : space(between)),
				...padStart(figure.value, value),
				...space(level >= 2 ? 1 : 2),
				...(column < row.length - 1 ? padEnd(text, words) : text),
			];
		}),
	);
};

const plain = (figures: readonly Figure[], level: number): Line =>
	joined(
		figures.map(figure => [...figure.value, ...space(1), ...wordsOf(figure, level)]),
		level < 2 ? gap : 2,
	);

const barest = 3;

/**
 * Wordings of the three main numbers, by figure, from the longest to the shortest. What was lost in breaks is shortened
 * last: without that word it is hard to tell from the sum of all losses in the next row.
 */
const answerLevels = [
	[0, 0, 0],
	[1, 1, 1],
	[1, 2, 1],
	[2, 2, 1],
	[2, 2, 2],
	[barest, barest, barest],
] as const;

const answerLine = (figures: readonly Figure[], columns: number): Line => {
	const lines = answerLevels.flatMap(levels =>
		[gap, 2].map(between =>
			joined(
				figures.map((figure, index) => [...figure.value, ...space(1), ...wordsOf(figure, levels[index] ?? barest)]),
				between,
			),
		),
	);
	return lines.find(line => widthOf(line) <= columns) ?? lines.at(-1) ?? [];
};

/** A figure that is wider than a row, as several rows. */
const figureRows = (figure: Figure, columns: number): readonly Line[] => {
	const [first = [], ...more] = figure.parts ?? [];
	return figure.parts
		? partRows([[...figure.value, ...space(1), ...first], ...more], columns, space(1))
		: flow(plain([figure], barest), columns);
};

/** The first rows of the answer. If the token hit rate is not among them, the details show it. */
type Head = {readonly lines: readonly Line[]; readonly hasTokenRate: boolean};

/** The three main numbers and where the money went: one below the other if there is room, else in shorter wordings. */
export const headLines = (report: Report, columns: number): Head => {
	const first = [hitRate(report), saved(report), ...lost(report)];
	const money = paid(report);
	const second = [tokenHitRate(report), ...money];
	for (const level of [0, 1]) {
		const lines = grid([first, second], level);
		if (lines.every(line => widthOf(line) <= columns)) {
			return {lines, hasTokenRate: true};
		}
	}
	const levels = Array.from({length: barest + 1}, (_, level) => level);
	const answer = answerLine(first, columns);
	const rest = (money.length > 0 ? money : second).flatMap(figure => {
		const whole = levels.map(level => plain([figure], level)).find(line => widthOf(line) <= columns);
		return whole ? [whole] : figureRows(figure, columns);
	});
	return {lines: [answer, ...rest], hasTokenRate: money.length === 0};
};
