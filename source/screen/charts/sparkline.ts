import {type Aggregate, isPresent, resample, type Series} from './buckets.js';

type SparklineOptions = {
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	/** The value of the lowest mark. Default: 0, or the smallest value if it is negative. */
	readonly min?: number;
	/** The value of the highest mark. Default: the largest value. */
	readonly max?: number;
	/** How values are combined if there are more of them than columns. Default: `mean`. */
	readonly aggregate?: Aggregate;
	/**
	 * Stretches fewer values over all columns, to match a trend of the same span. Default: they are followed by spaces.
	 */
	readonly stretch?: boolean;
};

// The space is reserved for gaps: 0 must not look like "unknown".
const unicodeMarks = '▁▂▃▄▅▆▇█';
const asciiMarks = '.:-=+*#';

/**
 * One character per value, exactly `columns` wide. A gap, NaN or an infinite value is a space; values beyond min and
 * max are clamped.
 */
export const sparkline = (values: Series, columns: number, options: SparklineOptions): string => {
	const width = Math.max(0, Math.floor(columns));
	const {unicode, aggregate = 'mean', stretch = false} = options;
	const shown = values.length > width || stretch ? resample(values, width, aggregate) : values;
	const present = shown.filter(isPresent);
	const min = options.min ?? present.reduce((least, value) => Math.min(least, value), 0);
	const max = options.max ?? present.reduce((most, value) => Math.max(most, value), min);
	const marks = unicode ? unicodeMarks : asciiMarks;
	const markOf = (value: number): string => {
		// Halved first, because the distance between two huge values may overflow.
		const position = max > min ? (value / 2 - min / 2) / (max / 2 - min / 2) : Number(value > min);
		return marks.charAt(Math.round(Math.min(1, Math.max(0, position)) * (marks.length - 1)));
	};

	return shown
		.map(value => (isPresent(value) ? markOf(value) : ' '))
		.join('')
		.padEnd(width);
};
