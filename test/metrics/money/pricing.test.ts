import {describe, expect, test} from 'vitest';
import {toDollars} from '../../../source/metrics/money/money.js';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {PriceFactors} from '../../../source/request.js';
import {measured} from '../../support/requests.js';

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

	test('the way in which OpenRouter routes a request is no part of the model, but what is free has a price of its own', () => {
		expect(perMillion('openai/gpt-5:nitro')).toEqual(perMillion('openai/gpt-5'));
		expect(prices.find('openai/gpt-5:free', october, 1)).toBeUndefined();
	});

	test('Cursor puts the number before the family', () => {
		expect(perMillion('claude-4-sonnet')).toEqual([3, 0.3, 3.75, 6, 15]);
		expect(perMillion('claude-4.5-sonnet-thinking')).toEqual([3, 0.3, 3.75, 6, 15]);
		expect(perMillion('claude-4.5-opus-high-thinking', 1000, Date.UTC(2026, 0, 1))).toEqual([5, 0.5, 6.25, 10, 25]);
	});

	test('unknown models have no price, which is not 0', () => {
		for (const model of ['kortix/basic', '<synthetic>', 'claude-haiku-7', '', '../../etc/passwd']) {
			expect(prices.find(model, october, 1)).toBeUndefined();
		}
		expect(prices.find(undefined, october, 1)).toBeUndefined();
	});
});

test('the input of a request selects the tier', () => {
	expect(perMillion('claude-sonnet-4-5', 200_000)).toEqual([3, 0.3, 3.75, 6, 15]);
	expect(perMillion('claude-sonnet-4-5', 200_001)).toEqual([6, 0.6, 7.5, 12, 22.5]);
});

test('the mark of a long context is no part of a model’s name', () => {
	for (const model of ['claude-fable-5[1m]', 'anthropic/claude-fable-5[1M]', 'claude-fable-5']) {
		expect(perMillion(model)).toEqual([10, 1, 12.5, 20, 50]);
	}
	expect(perMillion('claude-sonnet-4-5-20250929[1m]')).toEqual([3, 0.3, 3.75, 6, 15]);
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

describe('a name that says that it ran in fast mode', () => {
	const october = Date.UTC(2026, 9, 1);
	test.each([
		['claude-4.6-opus-high-thinking-fast', 30, 'anthropic claude-opus-4-6, fast × 6'],
		['claude-opus-4-8-fast', 10, 'anthropic claude-opus-4-8, fast × 2'],
		['anthropic/claude-opus-4-8-fast', 10, 'anthropic claude-opus-4-8, fast × 2'],
	])('%s costs what fast mode of Opus costs', (name, input, from) => {
		const found = prices.find(name, october, 1000);
		expect(found && [toDollars(found.input * 1_000_000n), found.from]).toEqual([input, from]);
	});

	test.each(['claude-sonnet-5-fast', 'claude-4.5-sonnet-thinking-fast', 'gpt-5.3-codex-fast'])(
		'%s has no published price',
		name => {
			expect(prices.find(name, october, 1000)).toBeUndefined();
		},
	);

	test('is not multiplied again by the speed that the log reports', () => {
		const request = measured(
			{uncached: 1},
			{model: 'claude-opus-4-8-fast', time: october, priceFactors: {speed: 'fast'}},
		);
		expect(toDollars((prices.of(request)?.input ?? 0n) * 1_000_000n)).toBe(10);
	});

	test('models whose own name ends like it have their own price', () => {
		expect(prices.find('grok-4-fast', october, 1000)?.from).toContain('x-ai grok-4-fast');
	});
});

describe('what multiplies the list price of a request', () => {
	const priceOf = (model: string, priceFactors: PriceFactors) => {
		const found = prices.of(measured({uncached: 1}, {model, time: Date.UTC(2026, 10, 1), priceFactors}));
		return found && [toDollars(found.input * 1_000_000n), toDollars(found.cacheRead * 1_000_000n), found.from];
	};
	test.each<[string, PriceFactors, number, number, string]>([
		['claude-opus-4-8', {speed: 'fast'}, 10, 1, 'anthropic claude-opus-4-8, fast × 2'],
		['claude-opus-4-6', {speed: 'fast'}, 30, 3, 'anthropic claude-opus-4-6, fast × 6'],
		['claude-sonnet-4-5', {speed: 'fast'}, 3, 0.3, 'anthropic claude-sonnet-4-5'],
		['claude-opus-4-6', {inferenceGeo: 'us'}, 5.5, 0.55, 'anthropic claude-opus-4-6, US × 1.1'],
		['claude-sonnet-4-5', {inferenceGeo: 'us'}, 3, 0.3, 'anthropic claude-sonnet-4-5'],
		['claude-opus-4-8', {inferenceGeo: 'eu'}, 5, 0.5, 'anthropic claude-opus-4-8'],
		['claude-sonnet-4-5', {tier: 'batch'}, 1.5, 0.15, 'anthropic claude-sonnet-4-5, batch × 0.5'],
		['gpt-5.1', {tier: 'flex'}, 0.625, 0.0625, 'openai gpt-5.1, flex about × 0.5'],
		['gpt-5.1', {tier: 'priority'}, 2.5, 0.25, 'openai gpt-5.1, priority about × 2'],
		['claude-sonnet-4-5', {tier: 'priority'}, 3, 0.3, 'anthropic claude-sonnet-4-5'],
		[
			'claude-opus-4-8',
			{speed: 'fast', inferenceGeo: 'us', tier: 'batch'},
			5.5,
			0.55,
			'anthropic claude-opus-4-8, fast × 2, US × 1.1, batch × 0.5',
		],
	])('%s, %j', (model, factors, input, read, from) => {
		expect(priceOf(model, factors)).toEqual([input, read, from]);
	});

	test('a line that sums several calls is priced at the tier of each', () => {
		const call = {uncached: 150_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};
		const summed = measured({uncached: 300_000}, {time: october});
		expect(toDollars((prices.of(summed)?.input ?? 0n) * 1_000_000n)).toBe(6);
		expect(toDollars((prices.of({...summed, id: 'calls', iterations: [call, call]})?.input ?? 0n) * 1_000_000n)).toBe(
			3,
		);
	});
});

test.each(['deepseek-chat', 'deepseek/deepseek-reasoner', 'claude-sonnet-5-5', 'gpt-5.6-sol', 'nobody/knows'])(
	'%s has the prices of its instant, whatever was asked before',
	model => {
		const remembering = priceList();
		const halfHour = 30 * 60_000;
		const starts = ['2025-03-01', '2026-08-20', '2026-10-06', '2026-11-20'].map(date => Date.parse(date));
		// Every half hour, its first and its last millisecond, now and then the same once more.
		for (const start of [...starts, ...starts.toReversed()]) {
			for (let step = 0; step < 60; step++) {
				const time = start + step * halfHour - (step % 2);
				expect(remembering.find(model, time, 1000)).toEqual(priceList().find(model, time, 1000));
			}
		}
	},
);

test('some prices change within a day', () => {
	const perHour = Array.from({length: 24}, (_, hour) =>
		prices.find('deepseek-chat', Date.parse('2025-03-01') + hour * 3_600_000, 1000)?.input.toString(),
	);
	expect(new Set(perHour).size).toBeGreaterThan(1);
});
