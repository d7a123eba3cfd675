import {grouped} from '../grouped.js';
import {type Basis, summaryOf} from '../report/summary.js';
import type {Measures} from '../sums/measure-sums.js';
import {type Part, type SlicePart, totalOf} from '../sums/parts.js';
import type {Window} from './window.js';

/** One slice of a window. Rates are undefined if nothing happened, so that a pause is a gap and not a zero. */
export type SeriesPoint = {
	/** Start of the slice or, for the first one, of the window, in epoch milliseconds. */
	readonly time: number;
	readonly requests: number;
	/** hits + misses, which the hit rate refers to. */
	readonly rated: number;
	readonly hits: number;
	readonly hitRate: number | undefined;
	readonly tokenHitRate: number | undefined;
	/** Dollars. */
	readonly netSavings: number | undefined;
	/** Input tokens by cache use; undefined if the log reports no tokens. */
	readonly tokens: SeriesTokens | undefined;
};

/** Input tokens of a slice. */
export type SeriesTokens = {
	readonly read: number;
	readonly written: number;
	readonly uncached: number;
	/** The part of the written and uncached tokens that had been cached and was lost in breaks. */
	readonly lost: number;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Possible widths of slices. They start at round times, so that stored sums add up to them. */
const widths: readonly number[] = [
	...[1, 2, 5, 10, 15, 30].map(count => count * second),
	...[1, 2, 5, 10, 15, 30].map(count => count * minute),
	...[1, 2, 3, 4, 6, 8, 12].map(count => count * hour),
	...[1, 2, 3, 5, 7, 10, 14, 30, 60, 90, 180, 365].map(count => count * day),
];

/** The width of a window's slices in milliseconds: the smallest with at most `most` slices. */
export const sliceWidth = ({from, to}: Window, most: number): number =>
	widths.find(width => (to - from) / width <= most) ?? Math.ceil((to - from) / most / (365 * day)) * 365 * day;

/**
 * The smallest width of slots in milliseconds that is a multiple of a slice, such that at most `most` slots overlap the
 * window.
 * @param slice the width of the slices
 */
export const slotWidth = ({from, to}: Pick<Window, 'from' | 'to'>, slice: number, most: number): number => {
	const fits = (width: number) => Math.ceil((to - Math.floor(from / width) * width) / width) <= most;
	const round = widths.find(width => width % slice === 0 && fits(width));
	return round ?? Math.ceil((to - from) / Math.max(1, most - 1) / slice) * slice;
};

/** A window in slices, oldest first. */
export type Sliced = {
	readonly starts: readonly number[];
	/** The parts of each slice, and their sums. */
	readonly parts: readonly (readonly Part[])[];
	readonly totals: readonly Measures[];
};

/** Orders the parts of slices, and adds empty slices between them. */
export const sliced = (found: readonly SlicePart[], {from, to}: Window, width: number): Sliced => {
	const bySlice: ReadonlyMap<number, readonly Part[]> = grouped(found, ({slice}) => slice);
	const first = Math.floor(from / width) * width;
	const count = to > from ? Math.ceil((to - first) / width) : 0;
	const starts = Array.from({length: count}, (_, index) => first + index * width);
	const parts = starts.map(start => bySlice.get(start) ?? []);
	return {starts, parts, totals: parts.map(totalOf)};
};

const tokensOf = (total: Measures): SeriesTokens => ({
	read: total.cacheRead,
	written: total.cacheWrite5m + total.cacheWrite1h,
	uncached: total.uncached,
	lost: total.lostOneHour + total.lostFiveMinutes + total.lostInput,
});

/** The figures of each slice. */
export const seriesOf = (
	{starts, parts, totals}: Sliced,
	window: Window,
	basis: Basis | undefined,
): readonly SeriesPoint[] =>
	starts.map((start, index) => {
		const summary = summaryOf(parts[index] as readonly Part[], basis);
		return {
			time: Math.max(window.from, start),
			requests: summary.requests,
			rated: summary.rated,
			hits: summary.hits,
			hitRate: summary.hitRate,
			tokenHitRate: summary.tokenHitRate,
			netSavings: summary.requests > 0 ? summary.money.netSavings : undefined,
			tokens: basis === 'measured' && summary.tokens.input > 0 ? tokensOf(totals[index] as Measures) : undefined,
		};
	});
