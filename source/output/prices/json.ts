import type {Report} from '../../metrics/report/report.js';
import type {OutputContext} from '../context.js';
import {filterFigures, windowFigures} from '../json/figures.js';
import {dollars, instant, orNull, percentage} from '../json/values.js';
import {type PriceRow, perMillion, priceRowsOf} from './price-rows.js';

/** The price of each model of a window as plain data, in dollars per million tokens; n/a is null. */
export const toPricesJson = (report: Report, {prices, zone, problems}: OutputContext) => ({
	generated_at: instant(report.generatedAt),
	window: windowFigures(report.window, zone),
	filter: filterFigures(report.filter),
	basis: orNull(report.summary.basis),
	price_coverage: percentage(report.summary.money.coverage),
	models: priceRowsOf(report, prices).map(modelJson),
	problems: problems.map(({kind, name, message, count}) => ({kind, name, message, count})),
});

const modelJson = ({model, requests, input, share, time, prices, assumed, tiered}: PriceRow) => ({
	model: orNull(model),
	total_events: requests,
	input: orNull(input),
	input_share: percentage(share),
	priced_at: instant(time),
	from: orNull(prices?.from),
	prices: prices
		? {
				input: dollars(perMillion(prices.input)),
				cache_read: dollars(perMillion(prices.cacheRead)),
				cache_write_5m: dollars(perMillion(prices.cacheWrite5m)),
				cache_write_1h: dollars(perMillion(prices.cacheWrite1h)),
				output: prices.output === undefined ? null : dollars(perMillion(prices.output)),
			}
		: null,
	assumed,
	derived_1h: prices?.derived1h ?? false,
	tiered,
});
