import type {Series} from './buckets.js';

/** The inside of a chart, without axis and labels. */
export type PlotOptions = {
	/** Whole and at least 1, as are the rows. */
	readonly columns: number;
	readonly rows: number;
	/** Spread evenly over the columns. Values below 0 and above `top` are drawn at the edge. */
	readonly values: Series;
	/** The value at the upper edge, above 0; the lower edge is 0. */
	readonly top: number;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
};

/** Draws the inside of a chart as exactly `rows` strings of exactly `columns` columns; undefined where it cannot. */
export type Plot = (options: PlotOptions) => readonly string[] | undefined;
