import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {countBlocks, reportOf} from '../../support/recount.js';
import {block, hour, measured, planned, request, testNow, testWindow, workedExample} from '../../support/requests.js';

const prices = priceList();
const report = (requests: Parameters<typeof reportOf>[0], window = testWindow) =>
	reportOf(
		[...requests].sort((one, other) => one.time - other.time),
		window,
		prices,
		testNow,
	);

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
			['b', 2, 0, 1],
			['a', 1, 1, 0],
		]);
		expect(made.threads.find(({name}) => name === 'x')?.summary.requests).toBe(2);
	});
});
