import {formatCount} from '../../output/numbers.js';
import {lineChart} from '../charts/line-chart.js';
import {markRow} from '../charts/mark-row.js';
import {sparkline} from '../charts/sparkline.js';
import {xLabels} from '../charts/x-labels.js';
import {axisTime, endsNow, roundLength, windowPhrase} from '../presentation/window-words.js';
import {type Line, muted, primary, styledAs} from '../text/line.js';
import {nothing, type Pane} from './pane.js';
import {drawTokenBars, hasTokens, leastTokenRows, tokenBarsTitle} from './token-bars.js';

/** Columns of the axis: `100 ┤`, and `req  ` below it. */
const axisColumns = 5;
const leastRowsWithRequests = 3;
const leastRowsWithLabels = 4;
const leastRowsWithMarks = 6;

const times = (window: {readonly from: number; readonly to: number}, timeZone: string, toNow: boolean) => {
	const length = window.to - window.from;
	const at = (share: number) => axisTime(window.from + length * share, length, timeZone);
	return {start: at(0), middle: [at(0.25), at(0.5), at(0.75)], end: toNow ? 'now' : at(1)};
};

/**
 * The trend over the window: input tokens and hit rate of each slot. For logs that report no tokens, the hit rate and
 * the number of requests, on the same time axis.
 */
export const trend: Pane = {
	title: (snapshot, drawing) => {
		if (hasTokens(snapshot)) {
			return tokenBarsTitle(snapshot, drawing);
		}
		const {view, report} = snapshot;
		const peak = Math.max(0, ...report.series.map(({requests}) => requests));
		const each = roundLength(report.sliceWidth);
		return {
			title: `${report.summary.basis === 'planned' ? 'Planned hit rate' : 'Hit rate'}, ${windowPhrase(view, report.window)}`,
			aside: peak > 0 ? `peak ${formatCount(peak)} requests in ${each}` : undefined,
		};
	},
	need: snapshot => {
		const {report} = snapshot;
		if (report.summary.basis === undefined || report.series.length === 0) {
			return nothing;
		}
		if (hasTokens(snapshot)) {
			return {least: leastTokenRows, most: Number.POSITIVE_INFINITY};
		}
		return report.summary.hitRate === undefined ? nothing : {least: 2, most: Number.POSITIVE_INFINITY};
	},
	draw: (snapshot, drawing) => {
		if (hasTokens(snapshot)) {
			return drawTokenBars(snapshot, drawing);
		}
		const {view, report, now} = snapshot;
		const {columns, rows, unicode, timeZone} = drawing;
		const window = {...report.window, ...report.seriesSpan};
		const counted = rows >= leastRowsWithRequests;
		const labelled = rows >= leastRowsWithLabels;
		const marked = rows >= leastRowsWithMarks && report.marks.length > 0;
		const chart = lineChart({
			columns,
			rows: rows - (counted ? 1 : 0) - (labelled ? 1 : 0) - (marked ? 1 : 0),
			values: report.series.map(({hitRate}) => (hitRate === undefined ? undefined : hitRate * 100)),
			top: 100,
			labelColumns: axisColumns - 2,
			unicode,
		});
		const requests = sparkline(
			report.series.map(point => (point.requests === 0 ? undefined : point.requests)),
			columns - axisColumns,
			{unicode, min: 0, aggregate: 'sum', stretch: true},
		);
		const below: Line = [
			...muted(' '.repeat(axisColumns)),
			...muted(xLabels(times(window, timeZone, endsNow(view, report.window, now)), columns - axisColumns)),
		];
		return [
			...chart.map(row => [...muted(row.slice(0, axisColumns)), ...styledAs('chart', row.slice(axisColumns))]),
			...(marked
				? [
						[
							...muted('mark'.padEnd(axisColumns)),
							...primary(markRow(report.marks, window, columns - axisColumns, unicode)),
						],
					]
				: []),
			...(counted ? [[...muted('req'.padEnd(axisColumns)), ...styledAs('chart.context', requests)]] : []),
			...(labelled ? [below] : []),
		];
	},
};
