import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request} from '../../../source/request.js';
import {replay, summarize} from '../../support/recount.js';
import {measured} from '../../support/requests.js';

const prices = priceList(
	new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}]]),
);
const minute = 60_000;
const start = Date.UTC(2026, 10, 22);
const at = (minutes: number, tokens: Parameters<typeof measured>[0], parts: Partial<Request> = {}) =>
	measured(tokens, {time: start + minutes * minute, ...parts});
const cost = (requests: readonly Request[], policy: string) =>
	replay(requests, prices)?.costs.find(found => found.policy === policy)?.cost;
const million = (dollars: number) => dollars / 1e6;

describe('the policy in force reproduces the measured cost to the last digit', () => {
	const tokens = fc.nat({max: 300_000});
	const threads = fc.array(
		fc.record({gap: fc.nat({max: 90}), uncached: tokens, cacheRead: tokens, written: tokens, thread: fc.nat({max: 3})}),
		{minLength: 1, maxLength: 30},
	);
	const requestsOf = (
		given: readonly {gap: number; uncached: number; cacheRead: number; written: number; thread: number}[],
		hourly: boolean,
	) => {
		let now = 0;
		return given.map(({gap, uncached, cacheRead, written, thread}) => {
			now += gap;
			return at(
				now,
				{uncached, cacheRead, ...(hourly ? {cacheWrite1h: written} : {cacheWrite5m: written})},
				{thread: `t${thread}`},
			);
		});
	};

	test.each([
		['as-is', false],
		['as-is', true],
		['five-minutes', false],
		['one-hour', true],
	])('%s, hourly: %s', (policy, hourly) => {
		fc.assert(
			fc.property(threads, given => {
				// A thread that has written nothing yet counts as a 5-minute one: begin with a write.
				const requests = requestsOf(
					given.map(request => ({...request, written: request.written + 1})),
					hourly,
				);
				expect(cost(requests, policy)).toBe(summarize(requests, prices).money.withCache);
			}),
			{numRuns: 60},
		);
	});

	test('without a cache, all input costs what input costs', () => {
		const requests = [at(0, {uncached: 10, cacheRead: 20, cacheWrite5m: 30, cacheWrite1h: 40})];
		expect(cost(requests, 'no-cache')).toBe(million(300));
	});
});

describe('another policy', () => {
	test('an hour bridges a gap of ten minutes: what was written again would have been read', () => {
		const requests = [at(0, {cacheWrite5m: 50_000}), at(10, {cacheWrite5m: 52_000})];
		expect(cost(requests, 'one-hour')).toBeCloseTo(million(50_000 * 6 + 50_000 * 0.3 + 2000 * 6), 12);
		expect(replay([...requests, at(20, {cacheWrite5m: 54_000})], prices)?.cheapest).toBe('one-hour');
	});

	test('not one of two hours, nor a change of model, nor a rebuilt context', () => {
		const first = at(0, {cacheWrite5m: 50_000});
		for (const next of [at(120, {cacheWrite5m: 50_000}), at(10, {cacheWrite5m: 50_000}, {rebuilt: true})]) {
			expect(cost([first, next], 'one-hour')).toBeCloseTo(million(100_000 * 6), 12);
		}
	});

	test('five minutes would have lost what an hour kept', () => {
		const requests = [at(0, {cacheWrite1h: 50_000}), at(10, {cacheRead: 50_000})];
		expect(cost(requests, 'five-minutes')).toBeCloseTo(million(100_000 * 3.75), 12);
		expect(replay(requests, prices)?.cheapest).toBe('no-cache');
	});

	test('writes that nothing reads are dearer than no cache', () => {
		expect(replay([at(0, {cacheWrite5m: 50_000})], prices)?.cheapest).toBe('no-cache');
	});

	test('where nothing has a price there is no answer', () => {
		expect(replay([at(0, {cacheRead: 5}, {model: 'kortix/basic'})], prices)).toBeUndefined();
		expect(replay([], prices)).toBeUndefined();
	});

	test('models whose provider decides on the lifetime have no other', () => {
		const automatic = [at(0, {uncached: 50_000}, {model: 'gpt-5.1'}), at(20, {uncached: 50_000}, {model: 'gpt-5.1'})];
		const list = priceList();
		expect(replay(automatic, list)?.costs.map(({policy}) => policy)).toEqual(['as-is', 'no-cache']);
		const mixed = [...automatic, at(0, {cacheWrite5m: 50_000}, {thread: 'b', model: 'claude-sonnet-4-5'})];
		const costs = new Map(replay(mixed, list)?.costs.map(({policy, cost}) => [policy, cost]));
		expect((costs.get('one-hour') ?? 0) - (costs.get('five-minutes') ?? 0)).toBeCloseTo(
			(50_000 * (6 - 3.75)) / 1e6,
			12,
		);
	});

	test('what is not known of the cache costs the same under every policy', () => {
		const known = [at(0, {cacheWrite5m: 50_000}), at(1, {cacheRead: 50_000})];
		const unknown = at(2, {uncached: 30_000, cacheUnknown: true}, {thread: 'b'});
		for (const policy of ['as-is', 'no-cache', 'five-minutes', 'one-hour'] as const) {
			const before = cost(known, policy) ?? Number.NaN;
			expect(cost([...known, unknown], policy)).toBeCloseTo(before + (30_000 * 3) / 1e6, 12);
		}
		expect(replay([unknown], prices)).toBeUndefined();
	});
});
