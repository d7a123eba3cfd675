import type {Series} from './buckets.js';

/** The plot area of a chart, without axis and labels. */
export type PlotOptions = {
	/** A whole number, at least 1, as is `rows`. */
	readonly columns: number;
	readonly rows: number;
	/** Spread evenly over the columns. Values below 0 and above `top` are drawn at the edge. */
	readonly values: Series;
	/** The value at the upper edge, above 0; the lower edge is 0. */
	readonly top: number;
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
};

/** Draws the plot area as exactly `rows` strings of exactly `columns` columns; undefined if it cannot. */
export type Plot = (options: PlotOptions) => readonly string[] | undefined;
