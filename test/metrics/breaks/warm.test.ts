import {describe, expect, test} from 'vitest';
import {warmOf} from '../../../source/metrics/breaks/warm.js';
import {type PriceList, priceList} from '../../../source/metrics/money/pricing.js';
import {logNow} from '../../../source/metrics/warm-now.js';
import type {Request} from '../../../source/request.js';
import {storeOf} from '../../support/recount.js';
import {measured} from '../../support/requests.js';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 12);
const prices = priceList(
	new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}]]),
);
/** What is warm so many minutes after the start. */
const warmAt = (minutes: number, requests: readonly Request[], at: PriceList = prices) => {
	const store = storeOf(requests, at);
	const now = logNow(store.span, start + minutes * minute);
	return warmOf(store.ends(now - 60 * minute, {}), now);
};

describe('chains that are in the cache now', () => {
	test('until their lifetime since the latest request was sent is over', () => {
		const thread = [
			measured({cacheWrite5m: 50_000}, {time: start - 3 * minute}),
			measured({cacheRead: 50_000, cacheWrite5m: 1000}, {time: start, start: start - minute}),
		];
		expect(warmAt(3, thread)).toMatchObject({
			count: 1,
			tokens: 51_000,
			atStake: expect.closeTo((51_000 * 3.45) / 1e6, 12),
			chains: [{thread: 'thread-1', expires: start + 4 * minute, expiring: 51_000}],
		});
		expect(warmAt(4, thread)).toEqual({count: 0, tokens: 0, atStake: undefined, chains: []});
	});

	test('parts run out apart: the first to expire is shown with what is at stake in it', () => {
		const thread = [measured({cacheWrite1h: 20_000, cacheWrite5m: 30_000}, {time: start})];
		const stakes = {hour: (20_000 * 5.7) / 1e6, minutes: (30_000 * 3.45) / 1e6};
		expect(warmAt(1, thread)).toMatchObject({
			tokens: 50_000,
			atStake: expect.closeTo(stakes.hour + stakes.minutes, 12),
			chains: [{expires: start + 5 * minute, expiring: 30_000, stake: expect.closeTo(stakes.minutes, 12)}],
		});
		expect(warmAt(6, thread)).toMatchObject({
			tokens: 20_000,
			chains: [{expires: start + 60 * minute, stake: expect.closeTo(stakes.hour, 12)}],
		});
	});

	test('several in one thread, and the first to expire comes first', () => {
		const requests = [
			measured({cacheWrite5m: 50_000}, {time: start, agent: 'main'}),
			measured({cacheWrite5m: 9000}, {time: start + minute, agent: 'explore'}),
			measured({cacheWrite5m: 7000}, {time: start - minute, thread: 'other'}),
		];
		const {count, chains} = warmAt(2, requests);
		expect([count, chains.map(({tokens}) => tokens)]).toEqual([3, [7000, 50_000, 9000]]);
		expect(chains.map(({lane}) => lane.agent)).toEqual([undefined, 'main', 'explore']);
	});

	test('a chain that seems broken is not warm: another took its place', () => {
		const thread = [
			measured({cacheWrite5m: 50_000}, {time: start}),
			measured({cacheWrite5m: 50_500}, {time: start + minute}),
		];
		expect(warmAt(2, thread)).toMatchObject({count: 1, tokens: 50_500});
	});

	test('two that were sent together hold one prefix', () => {
		const thread = [
			measured({cacheWrite5m: 50_000}, {time: start, start: start - 9000}),
			measured({cacheWrite5m: 50_100}, {time: start + 1000, start: start - 8000}),
		];
		expect(warmAt(2, thread)).toMatchObject({count: 1, tokens: 50_000});
	});

	test('a log whose clock is ahead is looked at by its own clock', () => {
		const thread = [measured({cacheWrite5m: 50_000}, {time: start})];
		expect(warmAt(-30, thread)).toMatchObject({count: 1, chains: [{expires: start + 5 * minute}]});
	});

	test('caches that fill by themselves are late at the price of input', () => {
		const thread = [measured({uncached: 50_010}, {time: start, model: 'gpt-5.1'})];
		const {atStake, chains} = warmAt(9, thread, priceList());
		expect(chains).toMatchObject([{tokens: 49_920, expires: start + 10 * minute}]);
		expect(atStake).toBeCloseTo((49_920 * (1.25 - 0.125)) / 1e6, 12);
	});

	test('without a price the money is not known', () => {
		const thread = [measured({cacheWrite5m: 50_000}, {time: start, model: 'kortix/basic'})];
		expect(warmAt(1, thread)).toMatchObject({count: 1, atStake: undefined});
	});
});
