import type {Recommendation} from '../../metrics/recommendations/recommendation.js';
import {formatCount, formatMoney, moneyColumn} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import type {CoverText} from '../page-parts.js';
import {cutText} from '../text/cut.js';
import {flow} from '../text/flow.js';
import {type Line, muted, padStart, primary, space, strong, styledAs, textOf, widthOf} from '../text/line.js';
import {nothing, type Pane} from './pane.js';

const indent = 2;
const gap = 2;

/** The index of the first item shown; the selected item is always visible. */
export const firstShown = (count: number, rows: number, selected: number): number =>
	Math.max(0, Math.min(count - rows, selected - rows));

/** A recommendation in one row: what the problem cost in this window and what to do. */
const oneLine = (
	{action}: Recommendation,
	cost: string,
	{
		columns,
		costColumns,
		isSelected,
	}: {readonly columns: number; readonly costColumns: number; readonly isSelected: boolean},
): Line => {
	const head: Line = [
		...(isSelected ? strong('▸ ') : space(indent)),
		...(costColumns > 0 ? [...padStart(styledAs('status.fair', cost), costColumns), ...space(gap)] : []),
	];
	const line: Line = [...head, ...primary(cutText(sanitize(action), columns - widthOf(head)))];
	return isSelected ? styledAs('selected', textOf(line)) : line;
};

/** Recommendations, most expensive first, one line each; Enter shows the rest. */
export const recommendations: Pane = {
	title: ({report: {recommendations: all}}, {rows, selected, keys: hasKeys}) => {
		const first = firstShown(all.length, rows, selected);
		const range = rows === 1 ? `${first + 1}` : `${first + 1}–${first + rows}`;
		const seen = rows < all.length ? `${range} of ${formatCount(all.length)}` : '';
		const keys: Line =
			selected === 0
				? [...styledAs('key', 'j k'), ...muted(' select')]
				: [...styledAs('key', 'Enter'), ...muted(': the whole text')];
		if (!hasKeys) {
			return {title: 'What to do', aside: seen};
		}
		return {
			title: 'What to do',
			aside: all.length === 0 ? undefined : [...muted(seen === '' ? '' : `${seen} · `), ...keys],
		};
	},
	need: ({report}) => {
		const {length} = report.recommendations;
		return length > 0 ? {least: 1, most: length} : nothing;
	},
	draw: ({report}, {columns, rows, selected}) => {
		const all = report.recommendations;
		const first = firstShown(all.length, rows, selected);
		// Recommendations without a cost get an empty cell, not "n/a".
		const amounts = moneyColumn(all.map(({cost}) => cost)).map((text, index) =>
			all[index]?.cost === undefined ? '' : text,
		);
		const costColumns = Math.max(...amounts.map(({length}) => length));
		return all
			.slice(first, first + rows)
			.map((item, index) =>
				oneLine(item, amounts[first + index] ?? '', {columns, costColumns, isSelected: first + index + 1 === selected}),
			);
	},
};

const worth = ({cost, worthPerMonth}: Recommendation): Line =>
	cost === undefined
		? []
		: [
				...styledAs('status.fair', `${formatMoney(cost)} in this window`),
				...(worthPerMonth === undefined ? [] : muted(`, about ${formatMoney(worthPerMonth)} a month`)),
			];

/** All recommendations in full: the evidence, what to do and what that is worth. */
export const adviceLines = (all: readonly Recommendation[], columns: number): CoverText => {
	const room = columns - indent;
	const parts = all.map((item, index): readonly Line[] => {
		const amount = worth(item);
		return [
			...(index === 0 ? [] : [[]]),
			[
				...styledAs('accent', `${index + 1}`.padEnd(indent)),
				...(amount.length > 0 ? amount : muted('not a matter of money')),
			],
			...[...flow(strong(sanitize(item.evidence)), room), ...flow(primary(`→ ${sanitize(item.action)}`), room)].map(
				(row): Line => [...space(indent), ...row],
			),
		];
	});
	return {
		title: 'What to do',
		lines: parts.flat(),
		sections: parts.map((_, index) => parts.slice(0, index).flat().length + (index === 0 ? 0 : 1)),
	};
};
