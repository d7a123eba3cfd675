import type {Report} from '../../metrics/report/report.js';
import {type SeriesPoint, type SeriesTokens, slotWidth} from '../../metrics/windows/series.js';

/** Several slices of a report's series, drawn as one bar. */
export type Slot = {
	/** Epoch milliseconds. The first and last slot may extend beyond the window. */
	readonly from: number;
	readonly to: number;
	readonly requests: number;
	/** 0–1; undefined without rated requests. */
	readonly hitRate: number | undefined;
	/** Undefined if the slot has no request with usage. */
	readonly tokens: SeriesTokens | undefined;
};

const sumOf = (points: readonly SeriesPoint[]): SeriesTokens | undefined => {
	const known = points.flatMap(({tokens}) => tokens ?? []);
	const sum = (key: keyof SeriesTokens) => known.reduce((total, tokens) => total + tokens[key], 0);
	return known.length === 0
		? undefined
		: {read: sum('read'), written: sum('written'), uncached: sum('uncached'), lost: sum('lost')};
};

/** The series in at most `most` slots of a round length, without gaps, oldest first. */
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
