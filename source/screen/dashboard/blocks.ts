import type {BlockUsage} from '../../metrics/blocks.js';
import {plural} from '../../metrics/number-words.js';
import {blockLimit} from '../../metrics/sums/measures.js';
import {formatCount, formatPercent, formatTokens} from '../../output/numbers.js';
import {bar} from '../../text/bar.js';
import {sparkline} from '../charts/sparkline.js';
import {type Line, muted, primary, space, strong, styledAs} from '../text/line.js';
import {table} from '../text/table.js';
import {nothing, type Pane} from './pane.js';

/** Most blocks listed. A request has at most four cache breakpoints, but a damaged log may number more. */
const mostBlocks = 8;
const gap = 2;
const leastBar = 6;
const sparkColumns = {least: 6, most: 32} as const;

const atLimit = (requests: number): Line =>
	muted(`${plural(requests, 'request uses', 'requests use')} all ${blockLimit} blocks`);

/** A bar of the block's share and a sparkline of its use over the window, in the width that the numbers leave. */
const drawn = (block: BlockUsage, columns: number, unicode: boolean): Line => {
	const spark = Math.max(sparkColumns.least, Math.min(sparkColumns.most, Math.floor(columns / 3)));
	const barColumns = columns - spark - gap;
	if (barColumns < leastBar) {
		return columns >= leastBar ? styledAs('chart', bar(block.share, columns, {unicode, pad: true})) : [];
	}
	return [
		...styledAs('chart', bar(block.share, barColumns, {unicode, pad: true})),
		...space(gap),
		...styledAs(
			'chart.context',
			sparkline(
				block.series.map(requests => (requests === 0 ? undefined : requests)),
				spark,
				{unicode, min: 0, aggregate: 'sum', stretch: true},
			),
		),
	];
};

/** Which cache blocks the application marks, and how often. */
export const blocks: Pane = {
	title: ({report}) => ({
		title: 'Cache blocks',
		aside: report.summary.basis === 'measured' ? 'as planned' : undefined,
	}),
	need: ({report}) => {
		const {usage, atLimit} = report.blocks;
		const count = Math.min(usage.length, mostBlocks);
		return count === 0 ? nothing : {least: count, most: count + (atLimit > 0 ? 1 : 0)};
	},
	draw: ({report}, {columns, rows, unicode}) => {
		const usage = report.blocks.usage.slice(0, Math.min(mostBlocks, rows));
		const {rows: numbers, left} = table(
			[
				{cells: usage.map(({number}) => [...strong(`${number}`), ...primary(number === 1 ? ' system' : ' chat')])},
				{cells: usage.map(({requests}) => primary(formatCount(requests))), align: 'right'},
				{cells: usage.map(({share}) => strong(formatPercent(share))), align: 'right'},
				{
					cells: usage.map(({averageTokens}) =>
						averageTokens === undefined ? [] : muted(`${formatTokens(averageTokens)} tokens each`),
					),
					align: 'right',
					keep: 1,
				},
			],
			// The bar gets its room before the average does.
			columns - gap - leastBar - gap - sparkColumns.least,
		);
		const room = left + leastBar + gap + sparkColumns.least;
		const lines = numbers.map((line, index) => {
			const block = usage[index];
			return block ? [...line, ...space(gap), ...drawn(block, room, unicode)] : line;
		});
		return rows > lines.length && report.blocks.atLimit > 0 ? [...lines, atLimit(report.blocks.atLimit)] : lines;
	},
};
