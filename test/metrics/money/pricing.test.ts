import {describe, expect, test} from 'vitest';
import {toDollars} from '../../../source/metrics/money/money.js';
import {priceList} from '../../../source/metrics/money/pricing.js';

const october = Date.UTC(2025, 9, 20);
const prices = priceList();
/** Dollars per million: input, read, 5-minute write, 1-hour write, output. */
const perMillion = (model: string, input = 1000, time = october, list = prices) => {
	const found = list.find(model, time, input);
	return (
		found &&
		[found.input, found.cacheRead, found.cacheWrite5m, found.cacheWrite1h, found.output].map(each =>
			each === undefined ? undefined : toDollars(each * 1_000_000n),
		)
	);
};

describe('names as gateways log them', () => {
	test.each([
		['claude-sonnet-4-5-20250929', [3, 0.3, 3.75, 6, 15]],
		['anthropic/claude-sonnet-4-5-20250929', [3, 0.3, 3.75, 6, 15]],
		['anthropic/claude-sonnet-4-20250514', [3, 0.3, 3.75, 6, 15]],
		['claude-haiku-4-5', [1, 0.1, 1.25, 2, 5]],
		['openai/gpt-5-mini', [0.25, 0.025, 0.25, 0.25, 2]],
		['gemini/gemini-2.5-pro', [1.25, 0.125, 1.25, 1.25, 10]],
	])('%s', (model, expected) => {
		expect(perMillion(model)).toEqual(expected);
	});

	test('regional Bedrock costs 10 % more, and its 1-hour price is derived from its maker', () => {
		for (const model of [
			'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
			'bedrock/converse/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
		]) {
			expect(perMillion(model)).toEqual([3.3, 0.33, 4.125, 6.6, 16.5]);
			expect(prices.find(model, october, 1)?.derived1h).toBe(true);
		}
	});

	test('a gateway that names the maker too', () => {
		expect(perMillion('openrouter/anthropic/claude-haiku-4.5')).toEqual([1, 0.1, 1.25, 2, 5]);
	});

	test('unknown models have no price, which is not 0', () => {
		for (const model of ['kortix/basic', '<synthetic>', 'claude-haiku-5-5', '', '../../etc/passwd']) {
			expect(prices.find(model, october, 1)).toBeUndefined();
		}
		expect(prices.find(undefined, october, 1)).toBeUndefined();
	});
});

test('the input of a request selects the tier', () => {
	expect(perMillion('claude-sonnet-4-5', 200_000)).toEqual([3, 0.3, 3.75, 6, 15]);
	expect(perMillion('claude-sonnet-4-5', 200_001)).toEqual([6, 0.6, 7.5, 12, 22.5]);
});

test('reading is not a tenth of the input for every model', () => {
	const [input = 0, read = 0] = perMillion('claude-sonnet-5-5', 1, Date.UTC(2026, 10, 1)) ?? [];
	expect(read / input).toBeCloseTo(0.05, 10);
});

test('overrides win, by numbers or by another model', () => {
	const list = priceList(
		new Map<string, string | {input: number; cacheRead: number; cacheWrite5m: number}>([
			['kortix/basic', 'claude-haiku-4-5'],
			['claude-sonnet-4-5', {input: 10, cacheRead: 1, cacheWrite5m: 12}],
		]),
	);
	expect(perMillion('kortix/basic', 1, october, list)).toEqual([1, 0.1, 1.25, 2, 5]);
	expect(perMillion('claude-sonnet-4-5', 300_000, october, list)).toEqual([10, 1, 12, 12, undefined]);
});

test('plans are priced as Claude Sonnet unless a model is named or logged', () => {
	expect(prices.findForPlan(undefined, october, 1).from).toContain('assumed');
	expect(prices.findForPlan('kortix/basic', october, 1).from).toContain('assumed');
	expect(prices.findForPlan('claude-haiku-4-5', october, 1).from).toBe('anthropic claude-haiku-4-5');
	const named = priceList(new Map(), 'gpt-5-mini');
	expect(named.findForPlan(undefined, october, 1).from).toBe('openai gpt-5-mini');
	expect(named.find(undefined, october, 1)?.from).toBe('openai gpt-5-mini');
	expect(named.findForPlan('claude-haiku-4-5', october, 1).from).toBe('anthropic claude-haiku-4-5');
});
