import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request} from '../../../source/request.js';
import {findBreaks} from '../../support/recount.js';
import {measured} from '../../support/requests.js';

const prices = priceList(
	new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}]]),
);
const minute = 60_000;
const start = Date.UTC(2026, 10, 22);

/** A thread that wrote 50,000 tokens and then, some minutes later, sent the request given. */
const breakAfter = (
	minutes: number,
	tokens: Parameters<typeof measured>[0],
	parts: Partial<Request> = {},
	first = {cacheWrite5m: 50_000},
) => findBreaks([measured(first, {time: start}), measured(tokens, {time: start + minutes * minute, ...parts})], prices);

describe('what is a break', () => {
	test('the first request of a thread is none', () => {
		expect(
			findBreaks([measured({uncached: 90_000}, {thread: 'a'}), measured({uncached: 90_000}, {thread: 'b'})], prices)
				.all,
		).toEqual([]);
	});

	test('losing more than a twentieth is one, less is none', () => {
		expect(breakAfter(1, {cacheRead: 47_600}).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 47_400}).all).toHaveLength(1);
	});

	test('losing less than the model can cache is none', () => {
		const first = {cacheWrite5m: 2000};
		expect(breakAfter(1, {cacheRead: 990}, {}, first).all).toHaveLength(0);
		expect(breakAfter(1, {cacheRead: 900}, {}, first).all).toHaveLength(1);
	});

	test('what was read counts as cached as well as what was written', () => {
		const [found] = findBreaks(
			[
				measured({cacheRead: 30_000, cacheWrite5m: 20_000}, {time: start}),
				measured({cacheRead: 10_000}, {time: start + minute}),
			],
			prices,
		).all;
		expect(found?.lostTokens).toBe(40_000);
	});

	test('requests without a thread, without usage, or with an estimated one say nothing', () => {
		expect(breakAfter(1, {cacheRead: 0, accuracy: 'estimated'}).all).toEqual([]);
		expect(
			findBreaks([measured({cacheWrite5m: 50_000}, {thread: undefined}), measured({}, {thread: undefined})], prices)
				.all,
		).toEqual([]);
	});
});

describe('causes: one each, the first that applies', () => {
	test.each<[string, ReturnType<typeof breakAfter>, string]>([
		['the provider said so', breakAfter(9, {}, {missReason: 'tools changed', model: 'claude-haiku-4-5'}), 'reported'],
		['another model', breakAfter(9, {}, {model: 'claude-haiku-4-5'}), 'model-switched'],
		['a gap beyond five minutes', breakAfter(5.1, {}, {rebuilt: true}), 'expired'],
		['a gap of just five minutes', breakAfter(5, {}), 'prefix-changed'],
		['an hour not yet over', breakAfter(59, {}, {}, {cacheWrite1h: 50_000} as never), 'prefix-changed'],
		['an hour over', breakAfter(61, {}, {}, {cacheWrite1h: 50_000} as never), 'expired'],
		['the log says it was rebuilt', breakAfter(1, {}, {rebuilt: true}), 'rebuilt'],
		['read to an earlier boundary', breakAfter(1, {cacheRead: 20_000}), 'prefix-changed'],
	])('%s', (_, {all}, cause) => {
		expect(all.map(found => found.cause)).toEqual([cause]);
		expect(all[0]?.reported).toBe(cause === 'reported');
	});

	test('which part changed is said', () => {
		expect(breakAfter(1, {}).all[0]?.detail).toContain('tools or system prompt');
		expect(breakAfter(1, {cacheRead: 20_000}).all[0]?.detail).toContain('messages');
	});

	test('read to where no block is known to end: unknown, unless the provider caches by itself', () => {
		const thread = (cacheRead: number, model: string) =>
			findBreaks(
				[
					measured({cacheWrite5m: 20_000}, {time: start, model}),
					measured({cacheRead: 20_000, cacheWrite5m: 30_000}, {time: start + minute, model}),
					measured({cacheRead}, {time: start + 2 * minute, model}),
				],
				prices,
			).all.map(({cause}) => cause);
		expect(thread(31_000, 'claude-sonnet-4-5')).toEqual(['unknown']);
		expect(thread(20_000, 'claude-sonnet-4-5')).toEqual(['prefix-changed']);
		expect(thread(20_200, 'claude-sonnet-4-5')).toEqual(['prefix-changed']);
		expect(thread(13_000, 'claude-sonnet-4-5')).toEqual(['prefix-changed']);
		expect(thread(31_000, 'openai/gpt-5-mini')).toEqual(['prefix-changed']);
	});

	test('a read keeps the lifetime that was written before it', () => {
		const hourly = [
			measured({cacheWrite1h: 50_000}, {time: start}),
			measured({cacheRead: 50_000}, {time: start + minute}),
			measured({}, {time: start + 30 * minute}),
		];
		expect(findBreaks(hourly, prices).all.map(({cause}) => cause)).toEqual(['prefix-changed']);
	});
});

describe('what it cost', () => {
	test('what was written again, at the price of writing, else at that of input', () => {
		expect(breakAfter(9, {cacheWrite5m: 50_000}).lostCost).toBeCloseTo((50_000 * (3.75 - 0.3)) / 1e6, 12);
		expect(breakAfter(9, {uncached: 50_000}).lostCost).toBeCloseTo((50_000 * (3 - 0.3)) / 1e6, 12);
		expect(breakAfter(9, {cacheWrite5m: 20_000, uncached: 30_000}).lostCost).toBeCloseTo(
			(20_000 * 3.45 + 30_000 * 2.7) / 1e6,
			12,
		);
		expect(breakAfter(9, {cacheWrite1h: 50_000}).lostCost).toBeCloseTo((50_000 * (6 - 0.3)) / 1e6, 12);
	});

	test('is n/a without a price, while the tokens count', () => {
		expect(breakAfter(9, {}, {model: 'kortix/basic'})).toMatchObject({lostTokens: 50_000, lostCost: undefined});
	});

	test('totals are by cause, dearest first', () => {
		const requests = [
			measured({cacheWrite5m: 50_000}, {time: start}),
			measured({cacheWrite5m: 50_000}, {time: start + 10 * minute}),
			measured({cacheRead: 40_000}, {time: start + 11 * minute}),
		];
		expect(
			findBreaks(requests, prices).byCause.map(({cause, breaks, lostTokens}) => [cause, breaks, lostTokens]),
		).toEqual([
			['expired', 1, 50_000],
			['prefix-changed', 1, 10_000],
		]);
	});
});
