import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {statusOf} from '../../../source/metrics/report/summary.js';
import {inputTokens} from '../../../source/request.js';
import {summarize} from '../../support/recount.js';
import {block, measured, planned, request, workedExample} from '../../support/requests.js';

const prices = priceList();

describe('hits', () => {
	test('a request that read anything is one hit, whatever it wrote', () => {
		const summary = summarize(
			[measured({cacheRead: 1, cacheWrite5m: 900}), measured({cacheWrite5m: 900}), measured({uncached: 5})],
			prices,
		);
		expect(summary).toMatchObject({basis: 'measured', requests: 3, hits: 1, misses: 2});
		expect(summary.hitRate).toBeCloseTo(1 / 3);
	});

	test('one usage makes the basis measured; requests without are counted apart', () => {
		const summary = summarize([measured({cacheRead: 10}), planned([block(1, 10)]), planned([])], prices);
		expect(summary).toMatchObject({
			basis: 'measured',
			requests: 3,
			rated: 1,
			hits: 1,
			unmeasured: 2,
			planned: {hits: 1, misses: 1, hitRate: 0.5},
		});
	});

	test('without usage, a plan with a block is a hit', () => {
		expect(summarize([planned([block(1, 10), block(2, 5)]), planned([]), request()], prices)).toMatchObject({
			basis: 'planned',
			hits: 1,
			misses: 2,
			tokensSaved: 15,
		});
	});

	test('nothing is n/a, not 0', () => {
		expect(summarize([], prices)).toMatchObject({
			basis: undefined,
			hitRate: undefined,
			status: undefined,
			tokenHitRate: undefined,
			tokensSaved: undefined,
			money: {netSavings: undefined, withoutCache: undefined, coverage: undefined},
		});
	});

	test.each([
		[0.8, 'Excellent'],
		[0.799, 'Good'],
		[0.6, 'Good'],
		[0.599, 'Fair'],
		[0.4, 'Fair'],
		[0.399, 'Poor'],
		[0, 'Poor'],
	])('%d is %s', (rate, status) => {
		expect(statusOf(rate)).toBe(status);
	});
});

test('the token hit rate has writes in its denominator', () => {
	const summary = summarize([measured({uncached: 10, cacheRead: 60, cacheWrite5m: 20, cacheWrite1h: 10})], prices);
	expect(summary.tokenHitRate).toBe(0.6);
	expect(summary.tokens).toMatchObject({input: 100, written: 30});
});

test('the worked example comes out to the digit', () => {
	expect(summarize(workedExample(), prices)).toMatchObject({
		basis: 'planned',
		requests: 1250,
		hits: 1050,
		misses: 200,
		hitRate: 0.84,
		status: 'Excellent',
		tokensSaved: 52_500_000,
		tokensPerHit: 50_000,
		money: {
			withoutCache: 157.5,
			withCache: 15.75,
			netSavings: 141.75,
			savingsRate: 0.9,
			writePremium: undefined,
			assumedPrices: 'Claude Sonnet, assumed',
		},
	});
});

describe('money', () => {
	test('from the published multipliers: Claude Sonnet 4.5, $3 a million', () => {
		const {money} = summarize(
			[
				measured(
					{uncached: 1_000_000, cacheRead: 10_000, cacheWrite5m: 20_000, cacheWrite1h: 40_000, output: 1000},
					{model: 'claude-sonnet-4-5', time: Date.UTC(2025, 0, 1)},
				),
			],
			priceList(
				new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6, output: 15}]]),
			),
		);
		expect(money.withoutCache).toBe(3.21);
		expect(money.withCache).toBe(3.318);
		expect(money.grossSavings).toBe(0.027);
		expect(money.writePremium).toBe(0.135);
		expect(money.netSavings).toBeCloseTo(0.027 - 0.135, 12);
		expect(money.writeAmortization).toBeCloseTo(10_000 / 60_000);
		expect(money.outputCost).toBe(0.015);
		expect(money.coverage).toBe(1);
	});

	test('a model without a price has tokens and no money', () => {
		const summary = summarize(
			[
				measured({uncached: 300, cacheRead: 100}, {model: 'kortix/basic'}),
				measured({uncached: 600}, {model: 'claude-sonnet-4-5'}),
			],
			prices,
		);
		expect(summary.tokens.input).toBe(1000);
		expect(summary.money.coverage).toBe(0.6);
		expect(summarize([measured({cacheRead: 100}, {model: 'kortix/basic'})], prices).money).toMatchObject({
			netSavings: undefined,
			withCache: undefined,
			coverage: 0,
		});
	});

	test('gross minus premium is net, and order does not matter, to the last digit', () => {
		const tokens = fc.nat({max: 2_000_000});
		const usages = fc.array(
			fc.record({uncached: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens, output: tokens}),
			{minLength: 1, maxLength: 40},
		);
		const models = [
			'claude-sonnet-4-5',
			'claude-haiku-4-5',
			'openai/gpt-5-mini',
			'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'kortix/basic',
		];
		fc.assert(
			fc.property(usages, given => {
				const requests = given.map((usage, index) => measured(usage, {model: models[index % models.length]}));
				const {money} = summarize(requests, prices);
				expect(summarize([...requests].reverse(), prices).money).toEqual(money);
				if (money.netSavings !== undefined) {
					expect((money.grossSavings ?? 0) - (money.writePremium ?? 0)).toBeCloseTo(money.netSavings, 9);
					expect((money.withoutCache ?? 0) - (money.withCache ?? 0)).toBeCloseTo(money.netSavings, 9);
				}
			}),
			{numRuns: 50},
		);
	});
});

test('input is the sum of its parts', () => {
	const {usage} = measured({uncached: 1, cacheRead: 20, cacheWrite5m: 300, cacheWrite1h: 4000, output: 50_000});
	expect(usage && inputTokens(usage)).toBe(4321);
});
