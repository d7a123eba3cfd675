import * as v from 'valibot';
import {bases, statuses} from '../../../metrics/report/summary.js';
import {
	costOrNull,
	count,
	countOrNull,
	described,
	dollarsOrNull,
	oneOfOrNull,
	percentOrNull,
	ratioOrNull,
	textOrNull,
} from './values.js';

/** The main figures, under the keys of the reference report. */
export const coreFiguresSchema = v.strictObject({
	total_events: count('Requests: cache_hits + cache_misses + unmeasured.'),
	cache_hits: count(
		'Measured: requests that read from the cache. Planned: requests that marked at least one block large enough to be cached.',
	),
	cache_misses: count('Requests that read nothing from the cache, where the log says so. Planned: all other requests.'),
	hit_rate: percentOrNull('cache_hits / (cache_hits + cache_misses).'),
	total_tokens_saved: ratioOrNull(
		'Measured: tokens read from the cache. Planned: tokens in the marked blocks of hits.',
	),
	avg_tokens_per_hit: ratioOrNull('total_tokens_saved / cache_hits.'),
	original_cost: costOrNull('What the input would have cost without a cache.'),
	cached_cost: costOrNull('What the input cost with the cache, writes included.'),
	savings: dollarsOrNull('original_cost - cached_cost: net of what writing cost; negative is a loss.'),
	savings_percent: described(
		v.nullable(v.pipe(v.number(), v.maxValue(100))),
		'savings / original_cost. Percent; negative is a loss.',
	),
});

const tokensSchema = v.strictObject({
	uncached: countOrNull('Input neither read from nor written to the cache.'),
	cache_read: countOrNull('Input read from the cache.'),
	cache_write_5m: countOrNull('Input written to the cache for 5 minutes.'),
	cache_write_1h: countOrNull('Input written to the cache for 1 hour.'),
	output: countOrNull('Output; part of no other sum.'),
	input: countOrNull('uncached + cache_read + cache_write_5m + cache_write_1h.'),
});

/** All further figures. */
export const moreFiguresSchema = v.strictObject({
	status: oneOfOrNull(statuses, 'Of the hit rate: Excellent from 80 %, Good from 60 %, Fair from 40 %, else Poor.'),
	token_hit_rate: percentOrNull('Tokens read from the cache / all input tokens, written ones included.'),
	tokens: described(tokensSchema, 'Tokens reported by the provider. Null where nothing was measured.'),
	gross_savings: dollarsOrNull('What reading from the cache saved, before what writing cost.'),
	write_premium: dollarsOrNull(
		'What writing to the cache cost on top of the input price. Null where writes are not known.',
	),
	write_amortization: ratioOrNull('Reads per written token.'),
	output_cost: costOrNull('Output tokens at their price; not part of the savings.'),
	price_coverage: percentOrNull('Input tokens with a known price / all input tokens.'),
	assumed_prices: textOrNull(
		'What a plan-only window was priced as. Null where the prices of the logged models were used.',
	),
	planned: described(
		v.strictObject({
			hits: count('Requests whose plan marked at least one block.'),
			misses: count('Requests whose plan marked none.'),
			hit_rate: percentOrNull('hits / (hits + misses).'),
		}),
		'What the application intended, over the requests that carry a plan, whatever the basis.',
	),
	unmeasured: count('Requests whose log does not say what was read from the cache: neither hits nor misses.'),
	estimated: count('Requests whose usage was estimated by the application, or logged in part.'),
	cache_unknown: count('Input tokens of the unmeasured requests; they are among tokens.uncached, and in no rate.'),
});

/** All figures of a set of requests. */
export const figuresSchema = v.strictObject({...coreFiguresSchema.entries, ...moreFiguresSchema.entries});

/** What the figures are based on. */
export const basisSchema = oneOfOrNull(
	bases,
	'measured: usage reported by the provider. planned: what the application marked for caching. Null without requests.',
);

/** The figures that every part of the JSON report has. */
export type CoreFiguresJson = v.InferOutput<typeof coreFiguresSchema>;
/** The further figures of the JSON report. */
export type MoreFiguresJson = v.InferOutput<typeof moreFiguresSchema>;
