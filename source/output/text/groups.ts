import type {GroupBy} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report/report.js';
import {columnsOf} from '../../text/columns-of.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {formatCount, formatPercent, moneyColumn} from '../numbers.js';
import {knowsBreaks} from '../phrases.js';
import {groupsBy, lostColumn, mostGroups} from '../rows/group-order.js';
import type {Drawing} from './drawing.js';

/** Names with fewer columns cannot be told apart, so they get a line of their own. */
const narrowest = 16;
const gap = '  ';

const padStart = (cells: readonly string[], widths: readonly number[]): string =>
	cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(gap);

/** A table of a report's groups, most expensive losses first; groups beyond `mostGroups` are only counted. */
export const groupLines = (report: Report, by: GroupBy, {columns, ascii}: Drawing): readonly string[] => {
	const groups = groupsBy(report, by);
	const shown = groups.slice(0, mostGroups);
	const heads = [
		['', 'Hit', 'Token hit', 'Net', ''],
		['Requests', 'rate', 'rate', 'savings', 'Lost'],
	];
	const savings = moneyColumn(shown.map(({summary}) => summary.money.netSavings));
	const lost = lostColumn(shown, knowsBreaks(report));
	const rows = shown.map((group, index) => [
		formatCount(group.summary.requests),
		formatPercent(group.summary.hitRate),
		formatPercent(group.summary.tokenHitRate),
		savings[index] ?? '',
		lost[index] ?? '',
	]);
	const widths = [0, 1, 2, 3, 4].map(column =>
		Math.max(...[...heads, ...rows].map(cells => cells[column]?.length ?? 0)),
	);
	const names = shown.map(({name}) => (name === undefined ? 'n/a' : sanitize(name, {ascii})));
	const figures = widths.reduce((sum, width) => sum + width, 0) + gap.length * widths.length;
	const room = columns - gap.length - figures;
	const stacked = room < narrowest;
	const head = by[0]?.toUpperCase() + by.slice(1);
	const width = stacked ? 0 : Math.min(room, Math.max(...[head, ...names].map(name => columnsOf(name))));
	const line = (name: string, cells: readonly string[]): readonly string[] => {
		const text = cutMiddle(name, stacked ? columns - gap.length : width, ascii);
		const right = padStart(cells, widths);
		return stacked && text !== ''
			? [`${gap}${text}`, `${gap}${gap}${right}`]
			: [`${gap}${text}${' '.repeat(Math.max(0, width - columnsOf(text)))}${gap}${right}`.trimEnd()];
	};
	const left = groups.length - shown.length;
	const [upper = [], lower = []] = heads;
	return [
		...line('', upper),
		...line(stacked ? '' : head, lower),
		...rows.flatMap((cells, index) => line(names[index] ?? '', cells)),
		...(left > 0 ? [`${gap}and ${formatCount(left)} more`] : []),
	];
};
