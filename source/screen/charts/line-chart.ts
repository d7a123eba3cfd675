import {columnsOf} from '../../text/columns-of.js';
import {blockChart} from './block-chart.js';
import type {Series} from './buckets.js';
import {type Contrib, createContribLine, loadContrib} from './contrib-line.js';
import type {Plot, PlotOptions} from './plot.js';
import {sparkline} from './sparkline.js';
import {type TrendLabels, xLabels} from './x-labels.js';
import {axisTop, formatTick, ticksFor} from './y-axis.js';

/** A line of values over time, and how it is drawn. */
export type LineChartOptions = {
	/** Columns of the whole chart, labels included. */
	readonly columns: number;
	readonly rows: number;
	readonly values: Series;
	/** The value at the top of the axis, such as 100 for percentages. Default: a round number above the values. */
	readonly top?: number | undefined;
	/** Labels of the time axis. Without any, the plot gets their row. */
	readonly labels?: TrendLabels;
	/** Turns a value of the y axis into its label. Default: `formatTick`. */
	readonly format?: (value: number) => string;
	/** Minimum width of the y labels, for alignment with what is above or below. */
	readonly labelColumns?: number;
	/** False draws with 7-bit characters only; labels are the caller's responsibility. */
	readonly unicode: boolean;
};

// Below these sizes a line shows less than blocks do, and an axis takes more room than it is worth.
const leastLineColumns = 8;
const leastColumnsWithAxis = 16;
const leastRowsWithLabels = 3;

const yAxis = (top: number, rows: number, options: LineChartOptions): readonly string[] => {
	const {format = formatTick, labelColumns = 0, unicode} = options;
	const [tick, plain] = unicode ? ['┤', '│'] : ['+', '|'];
	const labels = new Map(ticksFor(top, rows).map(({row, value}) => [row, format(value)]));
	const width = Math.max(labelColumns, ...Array.from(labels.values(), label => columnsOf(label)));
	return Array.from({length: rows}, (_, row) => {
		const label = labels.get(row) ?? '';
		return `${' '.repeat(width - columnsOf(label))}${label} ${label ? tick : plain}`;
	});
};

const plotWith = (line: Plot, options: PlotOptions): readonly string[] => {
	const {columns, rows, values, top, unicode} = options;
	if (rows === 1) {
		return [sparkline(values, columns, {unicode, min: 0, max: top, stretch: true})];
	}

	const asLine = unicode && columns >= leastLineColumns;
	return (asLine ? line(options) : undefined) ?? blockChart(options);
};

/** Makes a `lineChart` with the given loader for blessed-contrib. */
export const createLineChart = (load: () => Contrib) => {
	const line = createContribLine(load);
	return (options: LineChartOptions): readonly string[] => {
		const columns = Math.max(0, Math.floor(options.columns));
		const rows = Math.max(0, Math.floor(options.rows));
		if (columns === 0 || rows === 0) {
			return Array.from({length: rows}, () => '');
		}

		const {values, labels = {}, unicode} = options;
		const hasLabels = [labels.start, ...(labels.middle ?? []), labels.end].some(Boolean);
		const labelRows = hasLabels && rows >= leastRowsWithLabels ? 1 : 0;
		const plotRows = rows - labelRows;
		const top = axisTop(options.top, values);
		const axis = yAxis(top, plotRows, options);
		const axisColumns = columnsOf(axis[0] ?? '');
		const hasAxis = columns >= leastColumnsWithAxis && axisColumns <= columns / 2;
		const plotColumns = hasAxis ? columns - axisColumns : columns;
		const plot = plotWith(line, {columns: plotColumns, rows: plotRows, values, top, unicode});
		const chart = hasAxis ? plot.map((row, index) => axis[index] + row) : plot;
		const below = ' '.repeat(columns - plotColumns) + xLabels(labels, plotColumns);
		return labelRows ? [...chart, below] : chart;
	};
};

/**
 * A chart of one series over time with a y axis from 0 and a row of labels: exactly `rows` strings of exactly `columns`
 * columns, without colour. A braille line through blessed-contrib (loaded at first use); blocks in ASCII mode, where it
 * cannot be loaded, and where there is little room; a sparkline where one row is left. Gaps stay blank; values below 0
 * and above the top are drawn at the edge.
 */
export const lineChart = createLineChart(loadContrib);
