import {isPresent, resample} from './buckets.js';
import type {PlotOptions} from './plot.js';

const unicodeMarks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const asciiMarks = ['.', '*', '#'] as const;

/**
 * Columns that stand on the bottom row: exactly `rows` strings of exactly `columns` columns. A value of 0 shows the
 * smallest mark, so that a gap, which is blank, differs from it.
 */
export const blockChart = ({columns, rows, values, top, unicode}: PlotOptions): readonly string[] => {
	const marks = unicode ? unicodeMarks : asciiMarks;
	const heights = resample(values, columns, 'mean').map(value =>
		isPresent(value) ? Math.max(1, Math.round(Math.min(1, Math.max(0, value / top)) * rows * marks.length)) : 0,
	);
	return Array.from({length: rows}, (_, row) => {
		const floor = (rows - 1 - row) * marks.length;
		return heights.map(height => marks[Math.min(height - floor, marks.length) - 1] ?? ' ').join('');
	});
};
