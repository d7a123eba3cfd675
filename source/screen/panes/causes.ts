import type {Report} from '../../metrics/report.js';
import {formatCount, formatMoney, formatTokens} from '../../output/numbers.js';
import {bar} from '../charts/bar.js';
import {causeName} from '../presentation/cause-words.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {table} from '../text/table.js';
import {nothing, type Pane} from './pane.js';

const gap = 2;
const leastBar = 4;
const leastForUnit = 60;

/** Why there are no causes to show. */
const withoutBreaks = ({threads}: Report): Line =>
	threads.some(({name}) => name !== undefined)
		? [...styledAs('status.good', 'Nothing lost.'), ...muted(' Every thread found its cache again.')]
		: muted('Not known: the log does not name threads.');

/** The causes of lost tokens, dearest first. */
export const causes: Pane = {
	title: () => ({title: 'Why cache was lost'}),
	need: ({report}) =>
		report.summary.basis === 'measured' ? {least: 1, most: Math.max(1, report.breaks.byCause.length)} : nothing,
	draw: ({report}, {columns, rows, unicode}) => {
		const shown = report.breaks.byCause.slice(0, rows);
		if (shown.length === 0) {
			return [withoutBreaks(report)];
		}
		const priced = shown.some(({lostCost}) => lostCost !== undefined);
		const weights = shown.map(({lostCost, lostTokens}) => (priced ? (lostCost ?? 0) : lostTokens));
		const heaviest = Math.max(...weights);
		const {rows: lines, left} = table(
			[
				{cells: shown.map(({cause}) => primary(causeName(cause, report.breaks)))},
				{cells: shown.map(({breaks}) => primary(formatCount(breaks))), align: 'right'},
				{cells: shown.map(({reported}) => muted(reported ? 'reported' : 'inferred')), keep: 2},
				{
					cells: shown.map(({lostTokens}) => muted(`${formatTokens(lostTokens)}${columns >= leastForUnit ? ' tokens' : ''}`)),
					align: 'right',
					keep: 1,
				},
				{cells: shown.map(({lostCost}) => strong(formatMoney(lostCost))), align: 'right'},
			],
			columns,
		);
		const room = left - gap;
		return lines.map((line, index) =>
			room < leastBar
				? line
				: [...line, ...space(gap), ...styledAs('status.poor', bar((weights[index] ?? 0) / heaviest, room, {unicode}))],
		);
	},
};
