import type {Request} from '../request.js';
import type {PriceList} from './pricing.js';
import {type Basis, summarize} from './summary.js';
import type {Window} from './window.js';

/** One slice of a window. Rates are undefined where nothing happened, so that a pause is a gap and not a zero. */
export type SeriesPoint = {
	/** Beginning of the slice, epoch milliseconds. */
	readonly time: number;
	readonly requests: number;
	readonly hits: number;
	readonly hitRate: number | undefined;
	readonly tokenHitRate: number | undefined;
	/** Dollars. */
	readonly netSavings: number | undefined;
};

/** Divides a window into equal slices, oldest first. */
export const seriesOf = (
	requests: readonly Request[],
	window: Window,
	prices: PriceList,
	basis: Basis | undefined,
	slices: number,
): readonly SeriesPoint[] => {
	const length = (window.to - window.from) / slices;
	if (!(length > 0)) {
		return [];
	}
	const buckets: Request[][] = Array.from({length: slices}, () => []);
	for (const request of requests) {
		buckets[Math.min(slices - 1, Math.floor((request.time - window.from) / length))]?.push(request);
	}
	return buckets.map((bucket, index) => {
		const summary = summarize(bucket, prices, basis);
		return {
			time: Math.round(window.from + index * length),
			requests: summary.requests,
			hits: summary.hits,
			hitRate: summary.hitRate,
			tokenHitRate: summary.tokenHitRate,
			netSavings: summary.requests > 0 ? summary.money.netSavings : undefined,
		};
	});
};
