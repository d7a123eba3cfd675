import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request, Usage} from '../../../source/request.js';
import {reportOf} from '../../support/recount.js';
import {block, hour, measured, testNow, testWindow} from '../../support/requests.js';

const prices = priceList();
const report = (requests: readonly Request[], window = testWindow) =>
	reportOf(
		[...requests].sort((one, other) => one.time - other.time),
		window,
		prices,
		testNow,
	);
const ids = (requests: readonly Request[]) => report(requests).recommendations.map(({id}) => id);

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

	test('marked and never read, or never even written: two faults', () => {
		const plan = {blocks: [block(1, 9000)], skipped: [], unsupported: false};
		const marked = (tokens: Partial<Usage>) =>
			Array.from({length: 5}, (_, index) => measured(tokens, {thread: `t${index}`, plan}));
		expect(ids(marked({cacheWrite5m: 9000}))[0]).toBe('marked-never-read');
		expect(ids(marked({uncached: 9000}))[0]).toBe('marked-never-written');
		for (const tokens of [{cacheWrite5m: 9000}, {uncached: 9000}]) {
			expect(ids([...marked(tokens), ...reads(1)]).filter(id => id.startsWith('marked'))).toEqual([]);
			expect(ids(marked(tokens).slice(1)).filter(id => id.startsWith('marked'))).toEqual([]);
		}
	});

	test('events before breaks, with their cost; equally frequent before other requests they are no suspects', () => {
		const thread = (calm: Partial<Request>) =>
			Array.from({length: 16}, (_, index) => {
				const breaks = [4, 6, 8].includes(index);
				const read = index === 0 ? 0 : breaks ? 20_000 : 60_000;
				const events = [{kind: 'mcp server', detail: '+db'}];
				return measured(
					{uncached: 10, cacheRead: read, cacheWrite1h: 60_000 - read},
					{time: testNow - 2 * hour + index * 60_000, ...(breaks ? {events} : calm)},
				);
			});
		const advice = report(thread({})).recommendations.find(({id}) => id === 'suspect');
		expect(advice?.evidence).toContain('3 of the 3 requests after "mcp server +db"');
		expect(advice?.action).toContain('MCP servers');
		// Three times 40,000 tokens, written for an hour at $6 a million rather than read at $0.30.
		expect(advice?.cost).toBeCloseTo((3 * 40_000 * 5.7) / 1e6, 9);
		expect(ids(thread({events: [{kind: 'mcp server', detail: '+db'}]}))).not.toContain('suspect');
	});

	test('an automatic cache that never hits, of prompts that it could hold', () => {
		const calls = (uncached: number, count = 5) =>
			Array.from({length: count}, (_, index) =>
				measured({uncached}, {time: testNow - hour + index * 60_000, model: 'gpt-5.1'}),
			);
		expect(ids(calls(9000))).toContain('automatic-never-hits');
		expect(ids(calls(900))).not.toContain('automatic-never-hits');
		expect(ids(calls(9000, 4))).not.toContain('automatic-never-hits');
		expect(ids([...calls(9000), measured({cacheRead: 8960, uncached: 40}, {model: 'gpt-5.1'})])).not.toContain(
			'automatic-never-hits',
		);
	});

	test('providers, settings and requests sent together, with what was lost to them', () => {
		const pair = (first: Partial<Request>, second: Partial<Request>) => {
			const [one, other] = [
				measured({cacheWrite5m: 50_000}, {time: testNow - hour, ...first}),
				measured({cacheWrite5m: 50_500}, {time: testNow - hour + 60_000, ...second}),
			];
			return report([one, other]).recommendations.find(({cost}) => cost !== undefined && cost > 0.1 && cost < 0.18);
		};
		// 50,000 tokens written at $3.75 a million that could have been read at $0.30.
		const cost = (50_000 * 3.45) / 1e6;
		for (const [id, found] of [
			['provider-switching', pair({provider: 'a'}, {provider: 'b'})],
			['settings-changing', pair({settings: {effort: 'low'}}, {settings: {effort: 'high'}})],
			['concurrent-requests', pair({}, {start: testNow - hour - 9000})],
			['model-switching', pair({model: 'claude-opus-4-1'}, {})],
			['prefix-churn', pair({}, {})],
		] as const) {
			expect(found).toMatchObject({id, cost: expect.closeTo(cost, 12)});
		}
	});

	test('advice on breaks says where they happened', () => {
		const id = '3f2b8c1d-9a4e-4a57-b1f0-6d2c9e8a7b65';
		const broken = (thread: string, project?: string, tokens = 50_000) => [
			measured({cacheWrite5m: tokens}, {time: testNow - hour, thread, project}),
			measured({cacheWrite5m: tokens}, {time: testNow - hour + 60_000, thread, project}),
		];
		const evidence = (...requests: readonly Request[]) =>
			report(requests).recommendations.find(found => found.id === 'prefix-churn')?.evidence;
		expect(evidence(...broken(id))).toContain('(in thread 3f2b8c1d)');
		expect(evidence(...broken(id, undefined, 200_000), ...broken('b'))).toContain('(most in thread 3f2b8c1d)');
		const many = ['a', 'b', 'c'].flatMap(thread => broken(thread, '/home/ada/shop'));
		expect(evidence(...many, ...broken('d', '/home/ada/docs'))).toContain('(most in project shop)');
		expect(evidence(...['a', 'b', 'c'].flatMap(thread => broken(thread)))).toContain('(in 3 threads)');
	});

	test('what is worth little is no advice', () => {
		const thread = (cents: number, others: number) => [
			measured({cacheWrite5m: 50_000}, {time: testNow - hour}),
			measured(
				{cacheRead: 50_000 - (cents * 1e4) / 3.45, cacheWrite5m: (cents * 1e4) / 3.45},
				{time: testNow - hour + 60_000},
			),
			...Array.from({length: others}, (_, index) =>
				measured({cacheRead: 50_000, uncached: 900_000}, {thread: `t${index}`, time: testNow - hour}),
			),
		];
		expect(ids(thread(2, 0))).toContain('prefix-churn');
		// Below a cent a day, and below a hundredth of the input's cost.
		expect(ids(thread(0.9, 0))).not.toContain('prefix-churn');
		expect(ids(thread(2, 1))).not.toContain('prefix-churn');
	});

	test('a month’s worth is given for a window of a day or more', () => {
		const broken = (time: number, thread: string) => [
			measured({cacheWrite5m: 100_000}, {time, thread}),
			measured({cacheWrite5m: 100_000}, {time: time + 60_000, thread}),
		];
		const week = {from: testNow - 7 * 24 * hour, to: testNow, name: '7d'};
		const churn = (requests: readonly Request[], window = week) =>
			report(requests, window).recommendations.find(({id}) => id === 'prefix-churn');
		const cost = (100_000 * 3.45) / 1e6;
		expect(churn(broken(testNow - hour, 'a'))).toMatchObject({
			cost: expect.closeTo(cost, 12),
			worthPerMonth: undefined,
		});
		const days = [...broken(testNow - 5 * 24 * hour, 'a'), ...broken(testNow - 120_000, 'b')];
		expect(churn(days)).toMatchObject({
			cost: expect.closeTo(2 * cost, 12),
			worthPerMonth: expect.closeTo((2 * cost * 30) / 5, 2),
		});
	});

	test('logs that lie months apart: what is worth a cent on the days with requests is advised, before what costs nothing', () => {
		const at = (days: number) => testNow - days * 24 * hour;
		const plan = {blocks: [1, 2, 3, 4].map(number => block(number, 20_000)), skipped: [], unsupported: false};
		const requests = [
			measured({cacheWrite5m: 100_000}, {time: at(200), thread: 'a', plan}),
			measured({cacheWrite5m: 100_000}, {time: at(200) + 60_000, thread: 'a', plan}),
			measured({cacheRead: 100_000, uncached: 1000}, {time: at(0) - 60_000, thread: 'b', plan}),
		];
		const all = {from: at(200), to: testNow, name: 'all'};
		const found = report(requests, all).recommendations.map(({id}) => id);
		expect(found).toContain('all-blocks-used');
		expect(found[0]).toBe('prefix-churn');
	});

	test('writes that are read too rarely to pay', () => {
		const written = (cacheRead: number) => [measured({cacheRead, cacheWrite5m: 10_000_000})];
		expect(ids(written(2_000_000))).toContain('writes-not-read');
		expect(ids(written(2_900_000))).not.toContain('writes-not-read');
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
		expect(found?.action).toContain('MODEL=');
	});

	test("no price is advised for a router's choice", () => {
		const found = report(reads(3, {model: 'auto'})).recommendations.find(({id}) => id === 'unpriced-models');
		expect(found?.action).toContain('Which model answered is not in this log');
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
		]).recommendations.map(({cost}) => cost ?? 0);
		expect(worth).toEqual([...worth].sort((one, other) => other - one));
		expect(worth.filter(value => value > 0).length).toBeGreaterThan(1);
	});
});
