import {describe, expect, test} from 'vitest';
import {priceList} from '../../source/metrics/money/pricing.js';
import {countBlocks, reportOf} from '../support/recount.js';
import {block, hour, measured, planned, request, testNow, testWindow, workedExample} from '../support/requests.js';

const prices = priceList();
const report = (requests: Parameters<typeof reportOf>[0], window = testWindow) =>
	reportOf(
		[...requests].sort((one, other) => one.time - other.time),
		window,
		prices,
		testNow,
	);
const ids = (requests: Parameters<typeof report>[0]) => report(requests).recommendations.map(({id}) => id);

describe('blocks', () => {
	test('shares are of the requests that marked anything', () => {
		const {usage} = countBlocks(workedExample(), testWindow);
		expect(
			usage.map(({number, requests, share}) => [number, requests, `${((share ?? 0) * 100).toFixed(1)} %`]),
		).toEqual([
			[1, 1050, '100.0 %'],
			[2, 850, '81.0 %'],
			[3, 650, '61.9 %'],
		]);
	});

	test('the series of a block adds up to its requests', () => {
		for (const {series, requests} of countBlocks(workedExample(), testWindow).usage) {
			expect(series.reduce((sum, value) => sum + value, 0)).toBe(requests);
		}
	});

	test('four blocks are the limit, and small ones do nothing', () => {
		const blocks = countBlocks(
			[
				planned([block(1, 900), block(2, 900), block(3, 900), block(4, 900)], {model: 'claude-haiku-4-5'}),
				planned([block(1, 4096)], {model: 'claude-haiku-4-5'}),
				planned([block(1)], {model: 'claude-haiku-4-5'}),
			],
			testWindow,
		);
		expect(blocks).toMatchObject({atLimit: 1, belowMinimum: 1});
		expect(blocks.usage[0]).toMatchObject({requests: 3, tokens: 4996, averageTokens: 2498});
	});
});

describe('a window', () => {
	const early = measured({cacheRead: 1}, {time: testWindow.from - 30 * hour});
	const before = measured({uncached: 1}, {time: testWindow.from - hour});
	const first = measured({cacheRead: 1}, {time: testWindow.from});
	const late = measured({cacheRead: 1}, {time: testWindow.to});

	test('holds its beginning and not its end, and is compared with the one before', () => {
		const made = report([early, before, first, late]);
		expect(made.requests).toEqual([first]);
		expect(made.total).toBe(4);
		expect(made.previous?.summary).toMatchObject({requests: 1, hits: 0});
		expect(report([before, first]).previous).toBeUndefined();
	});

	test('knows what its threads had cached before it began', () => {
		const made = report([
			measured({cacheWrite5m: 50_000}, {time: testWindow.from - 60_000}),
			measured({uncached: 50_000}, {time: testWindow.from + 60_000}),
		]);
		expect(made.breaks.all).toHaveLength(1);
		expect(made.requests).toHaveLength(1);
	});

	test('has gaps where nothing happened', () => {
		const {series} = report([first]);
		expect(series[0]).toMatchObject({requests: 1, hitRate: 1});
		expect(series[1]).toMatchObject({requests: 0, hitRate: undefined, netSavings: undefined});
	});

	test('groups by model, thread and source', () => {
		const made = report([
			measured({cacheRead: 1}, {model: 'a', thread: 'x'}),
			measured({uncached: 1}, {model: 'b', thread: 'x'}),
			request({model: 'b'}),
		]);
		expect(made.models.map(({name, summary}) => [name, summary.requests, summary.hits, summary.unmeasured])).toEqual([
			['a', 1, 1, 0],
			['b', 1, 0, 1],
		]);
		expect(made.threads.find(({name}) => name === 'x')?.summary.requests).toBe(2);
	});
});

describe('recommendations', () => {
	const reads = (count: number, parts = {}) =>
		Array.from({length: count}, (_, index) =>
			measured({cacheRead: 9000, uncached: 10}, {time: testNow - hour + index, ...parts}),
		);
	const misses = (count: number, parts = {}) =>
		Array.from({length: count}, (_, index) =>
			measured({uncached: 9000}, {time: testNow - hour + index, thread: `t${index}`, ...parts}),
		);

	test('a healthy window says so, an empty one says nothing', () => {
		expect(ids(reads(10))).toEqual(['healthy']);
		expect(ids([])).toEqual([]);
	});

	test('a hit rate below 70 %, and not one of just that', () => {
		expect(ids([...reads(69), ...misses(31)])).toContain('low-hit-rate');
		expect(ids([...reads(70), ...misses(30)])).not.toContain('low-hit-rate');
	});

	test('marked, never read', () => {
		const marked = Array.from({length: 5}, (_, index) =>
			measured(
				{cacheWrite5m: 9000},
				{thread: `t${index}`, plan: {blocks: [block(1, 9000)], skipped: [], unsupported: false}},
			),
		);
		expect(ids(marked)).toContain('marked-never-read');
		expect(ids([...marked, ...reads(1)])).not.toContain('marked-never-read');
	});

	test('writes that are read too rarely to pay', () => {
		const written = (cacheRead: number) => [measured({cacheRead, cacheWrite5m: 100_000}, {model: 'claude-sonnet-4-5'})];
		expect(ids(written(27_000))).toContain('writes-not-read');
		expect(ids(written(29_000))).not.toContain('writes-not-read');
	});

	test('gaps that the 1-hour cache would bridge are worth what the replay says', () => {
		const minute = 60_000;
		const gaps = [0, 10, 20].map(at =>
			measured({cacheWrite5m: 100_000}, {time: testNow - hour + at * minute, model: 'claude-haiku-4-5'}),
		);
		const found = report(gaps).recommendations.find(({id}) => id === 'use-one-hour-cache');
		// Three writes for five minutes, or one for an hour and two reads; less than a day counts as one.
		expect(found?.worthPerDay).toBeCloseTo(3 * 0.125 - (0.2 + 2 * 0.01), 9);
		expect(report(gaps.slice(0, 1)).recommendations.find(({id}) => id === 'use-one-hour-cache')).toBeUndefined();
	});

	test('hourly writes in threads that never pause', () => {
		const busy = [0, 1, 2].map(at =>
			measured(
				{cacheRead: at * 100_000, cacheWrite1h: 100_000},
				{time: testNow - hour + at * 60_000, model: 'claude-haiku-4-5'},
			),
		);
		const found = report(busy).recommendations.find(({id}) => id === 'use-five-minute-cache');
		expect(found?.worthPerDay).toBeCloseTo((300_000 * (2 - 1.25)) / 1e6, 9);
	});

	test('unpriced models are named', () => {
		const found = report(reads(3, {model: 'kortix/basic'})).recommendations.find(({id}) => id === 'unpriced-models');
		expect(found?.evidence).toContain('kortix/basic');
	});

	test('are ordered by money', () => {
		const worth = report([
			...[0, 10, 20].map(at =>
				measured({cacheWrite5m: 100_000}, {time: testNow - hour + at * 60_000, model: 'claude-haiku-4-5'}),
			),
			...[0, 1].map(at =>
				measured(
					{cacheWrite5m: 100_000},
					{thread: 'b', time: testNow - hour + at * 60_000, model: 'claude-sonnet-4-5'},
				),
			),
		]).recommendations.map(({worthPerDay}) => worthPerDay ?? 0);
		expect(worth).toEqual([...worth].sort((one, other) => other - one));
		expect(worth.filter(value => value > 0).length).toBeGreaterThan(1);
	});
});
