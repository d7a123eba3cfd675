import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {toPricesJson} from '../../../source/output/prices/json.js';
import {pricesText} from '../../../source/output/prices/text.js';
import type {Request} from '../../../source/request.js';
import {reportOf} from '../../support/recount.js';
import {block, hour, measured, planned, request, testNow, testWindow} from '../../support/requests.js';
import {contextOf} from '../context.js';

const prices = priceList(
	new Map<string, string | {input: number; cacheRead: number}>([
		['mine', {input: 1, cacheRead: 0.125}],
		['alias', 'claude-haiku-4-5'],
	]),
);
const context = contextOf({prices});
const of = (requests: readonly Request[]) => reportOf(requests, testWindow, prices, testNow);
const jsonOf = (requests: readonly Request[]) => toPricesJson(of(requests), context);

const day = [
	measured({uncached: 300_000, cacheRead: 100_000}, {time: testNow - 2 * hour}),
	measured({uncached: 100_000}),
	request(),
	measured({cacheRead: 250_000}, {model: 'openrouter/anthropic/claude-haiku-4.5'}),
	measured({cacheRead: 50_000}, {model: 'mine'}),
	measured({cacheRead: 100_000}, {model: 'alias'}),
	measured({cacheRead: 60_000}, {model: 'house-model'}),
	measured({cacheRead: 40_000}, {model: undefined}),
];

test('each model: its share, its prices, where they are from', () => {
	const {models, ...json} = jsonOf(day);
	expect(json).toMatchObject({basis: 'measured', price_coverage: 90, filter: null, window: {name: '24h'}});
	expect(models.map(({model, total_events, input_share, from}) => [model, total_events, input_share, from])).toEqual([
		['claude-sonnet-4-5', 3, 50, 'anthropic claude-sonnet-4-5'],
		['alias', 1, 10, 'anthropic claude-haiku-4-5'],
		['house-model', 1, 6, null],
		['mine', 1, 5, '--price'],
		['openrouter/anthropic/claude-haiku-4.5', 1, 25, 'openrouter anthropic/claude-haiku-4.5'],
		[null, 1, 4, null],
	]);
	const named = (name: string) => models.find(({model}) => model === name);
	expect(named('claude-sonnet-4-5')).toMatchObject({tiered: true, derived_1h: false});
	expect(named('openrouter/anthropic/claude-haiku-4.5')).toMatchObject({tiered: false, derived_1h: true});
	expect(named('mine')).toMatchObject({tiered: false, derived_1h: false});
	expect(named('house-model')).toMatchObject({prices: null, input: 60_000});
});

test('the prices are those of the size of the latest request with usage', () => {
	expect(jsonOf(day).models[0]?.prices).toEqual({
		input: 3,
		cache_read: 0.3,
		cache_write_5m: 3.75,
		cache_write_1h: 6,
		output: 15,
	});
	expect(jsonOf(day.slice(0, 1)).models[0]?.prices).toMatchObject({input: 6, cache_read: 0.6, output: 22.5});
});

test('as text, with what to do about models without a price', () => {
	const text = pricesText(of(day), context);
	for (const line of [
		'Window: 24h, 21 Nov 2026 09:12 to 22 Nov 2026 09:12 (UTC)',
		'         3    50.0 %  $3.00  $0.300     $3.75     $6.00  $15.00',
		'    from anthropic claude-sonnet-4-5',
		'    by tiers: larger requests have another price than smaller ones',
		"    1-hour writes derived from the maker's rule, 2 × input: the provider's list",
		'         1     5.0 %  $1.00  $0.125     $1.00     $1.00     n/a',
		'    from --price',
		'  n/a (the log names no model)',
		'    no price is known: its tokens count, its money does not',
		'  Price coverage: 90.0 % of input tokens have a known price.',
		'    --price house-model=INPUT,READ[,WRITE5M[,WRITE1H[,OUTPUT]]]',
	]) {
		expect(text.split('\n')).toContain(line);
	}
	expect(pricesText(of(day.slice(0, 2)), context)).not.toContain('WHAT TO DO');
});

test('plans are priced by assumption, which says so', () => {
	const requests = [planned([block(1, 5000)]), planned([block(1, 5000)], {model: 'kortix/basic'})];
	expect(jsonOf(requests)).toMatchObject({
		basis: 'planned',
		price_coverage: null,
		models: [
			{model: 'kortix/basic', assumed: true},
			{model: null, from: 'Claude Sonnet, assumed', assumed: true, input_share: null, prices: {input: 3}},
		],
	});
	const text = pricesText(of(requests), context);
	expect(text).toContain('Name the model that the log leaves out: --model MODEL');
	expect(text).toContain('--price kortix/basic=OTHER-MODEL');
	expect(text).not.toContain('Price coverage');
});

test('an empty window says what was looked at', () => {
	expect(pricesText(of([]), context)).toContain('No requests in this window.');
	expect(jsonOf([]).models).toEqual([]);
});

test.each([60, 80, 200])(
	'nothing raw, nothing to paste by accident, nothing wider than the page: %i columns',
	columns => {
		const evil = `m'; rm -rf ~ #\u001B[2J\u202E\n${'漢'.repeat(90)}`;
		for (const ascii of [false, true]) {
			const text = pricesText(of([measured({cacheRead: 9}, {model: evil})]), context, {columns, ascii});
			expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}]/u);
			expect(text).toContain('--price MODEL=OTHER-MODEL');
			expect(Math.max(...text.split('\n').map(line => stringWidth(line)))).toBeLessThanOrEqual(Math.min(80, columns));
			expect(/^[\n\x20-\x7E]*$/.test(text)).toBe(ascii);
		}
	},
);

test('no price is asked for where there is nothing to price', () => {
	const nothing = measured({uncached: 0, cacheRead: 0, output: 0}, {model: '<synthetic>'});
	expect(pricesText(of([measured({uncached: 10}), nothing]), context)).not.toContain('WHAT TO DO');
	expect(pricesText(of([measured({uncached: 10}), {...nothing, model: 'house-model'}]), context)).not.toContain(
		'--price',
	);
	expect(pricesText(of([measured({uncached: 10}, {model: 'house-model'})]), context)).toContain('--price house-model=');
});
