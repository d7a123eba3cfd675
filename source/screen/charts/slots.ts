import type {Report} from '../../metrics/report/report.js';
import {type SeriesPoint, type SeriesTokens, slotWidth} from '../../metrics/windows/series.js';

/** Several slices of a report's series, as one bar of a chart. */
export type Slot = {
	/** Epoch milliseconds; the window may begin later and end earlier. */
	readonly from: number;
	readonly to: number;
	readonly requests: number;
	/** 0–1; undefined without requests that are rated. */
	readonly hitRate: number | undefined;
	/** Undefined where the slot has no request with usage. */
	readonly tokens: SeriesTokens | undefined;
};

const sumOf = (points: readonly SeriesPoint[]): SeriesTokens | undefined => {
	const known = points.flatMap(({tokens}) => tokens ?? []);
	const sum = (key: keyof SeriesTokens) => known.reduce((total, tokens) => total + tokens[key], 0);
	return known.length === 0
		? undefined
		: {read: sum('read'), written: sum('written'), uncached: sum('uncached'), lost: sum('lost')};
};

/** The series in at most so many slots of a round width, without gaps, oldest first. */
export const slotsOf = ({series, seriesSpan, sliceWidth}: Report, most: number): readonly Slot[] => {
	const {from, to} = seriesSpan;
	const width = slotWidth(seriesSpan, sliceWidth, Math.max(1, most));
	const first = Math.floor(from / width) * width;
	const count = to > from ? Math.ceil((to - first) / width) : 0;
	return Array.from({length: count}, (_, index) => {
		const start = first + index * width;
		const points = series.filter(({time}) => time >= start && time < start + width);
		const requests = points.reduce((sum, point) => sum + point.requests, 0);
		const rated = points.reduce((sum, point) => sum + point.rated, 0);
		const hits = points.reduce((sum, point) => sum + point.hits, 0);
		return {
			from: start,
			to: start + width,
			requests,
			hitRate: rated > 0 ? hits / rated : undefined,
			tokens: sumOf(points),
		};
	});
};
