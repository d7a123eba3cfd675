import {describe, expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import type {Request} from '../../../source/request.js';
import {reportOf} from '../../support/recount.js';
import {measured} from '../../support/requests.js';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 12);
const prices = priceList(
	new Map([['claude-sonnet-4-5', {input: 3, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6}]]),
);
const window = {from: start - 60 * minute, to: start + 60 * minute, name: 'custom'};
const report = (requests: readonly Request[]) => reportOf(requests, window, prices, window.to);
const kinds = (requests: readonly Request[]) =>
	report(requests)
		.coldStarts.byKind.map(({kind, total}) => `${kind} ${total}`)
		.sort();

describe('cold starts', () => {
	test('the first of a thread, and a parallel one', () => {
		const main = measured({cacheWrite5m: 50_000}, {time: start, agent: 'main'});
		const beside = measured({cacheWrite5m: 9000}, {time: start + minute, agent: 'explore'});
		expect(kinds([main, beside])).toEqual(['first 1', 'side 1']);
	});

	test('a prompt far smaller than the chain; parallel to it if that continues', () => {
		const thread = [
			measured({cacheWrite5m: 50_000}, {time: start}),
			measured({cacheWrite5m: 9000}, {time: start + minute}),
		];
		const continues = measured({cacheRead: 50_000, cacheWrite5m: 500}, {time: start + 2 * minute});
		expect(kinds(thread)).toEqual(['first 1', 'shrunk 1']);
		expect(kinds([...thread, continues])).toEqual(['first 1', 'side 1']);
	});

	test('the same conversation a second time under another model, once the first is seen to go on', () => {
		const thread = [
			measured({cacheWrite5m: 50_000}, {time: start}),
			measured({cacheWrite5m: 50_500}, {time: start + minute, model: 'claude-opus-4-5'}),
			measured({cacheRead: 50_000, cacheWrite5m: 500}, {time: start + 2 * minute}),
		];
		expect(kinds(thread)).toEqual(['first 1', 'switched 1']);
		expect(report(thread).breaks.count).toBe(0);
		expect(report(thread.slice(0, 2)).breaks.byCause.map(({cause}) => cause)).toEqual(['model-switched']);
	});

	test('agents that are sent together write one prefix several times', () => {
		const agents = (written: number, sent: number | undefined) =>
			[0, 1, 2].map(index =>
				measured(
					{cacheWrite5m: 20_000 + index * written},
					{
						time: start + index * 1000 + 8000,
						agent: `worker-${index}`,
						...(sent !== undefined && {start: start + index * sent}),
					},
				),
			);
		expect(kinds(agents(100, 100))).toEqual(['first 1', 'together 2']);
		// Without a start: answered within seconds of each other.
		expect(kinds(agents(100, undefined))).toEqual(['first 1', 'together 2']);
		expect(kinds(agents(2000, 100))).toEqual(['first 1', 'side 2']);
		expect(
			kinds(agents(100, 30_000).map(({start: _, ...one}, index) => ({...one, time: start + index * minute}))),
		).toEqual(['first 1', 'side 2']);
	});

	test('a first request that read nearly all of its prompt did not begin cold, and one that leaves nothing is none', () => {
		expect(kinds([measured({cacheRead: 48_000, uncached: 2000}, {time: start})])).toEqual([]);
		expect(kinds([measured({cacheRead: 47_000, uncached: 3000}, {time: start})])).toEqual(['first 1']);
		expect(kinds([measured({uncached: 600}, {time: start})])).toEqual([]);
	});

	test('cost all of a first prompt but its reads', () => {
		const {coldStarts, costParts} = report([
			measured({cacheRead: 20_000, cacheWrite5m: 30_000, uncached: 100}, {time: start, project: 'web'}),
			measured({cacheRead: 50_000, cacheWrite5m: 1000, uncached: 10}, {time: start + minute, project: 'web'}),
		]);
		const first = (30_000 * 3.75 + 100 * 3) / 1e6;
		expect(coldStarts).toMatchObject({total: 1, tokens: 30_100, cost: expect.closeTo(first, 12)});
		expect(costParts).toEqual({
			firstWrites: expect.closeTo(first, 12),
			growth: expect.closeTo((1000 * 3.75 + 10 * 3) / 1e6, 12),
			reads: expect.closeTo((70_000 * 0.3) / 1e6, 12),
			lost: 0,
		});
	});
});

test('each project and agent has its own cold starts', () => {
	const {projects, agents, threads} = report([
		measured({cacheWrite5m: 30_000}, {time: start, project: 'web', agent: 'main'}),
		measured({cacheWrite5m: 9000}, {time: start + minute, project: 'api', agent: 'main', thread: 'b'}),
	]);
	expect(projects.map(({name, coldStarts}) => [name, coldStarts?.tokens])).toEqual([
		['api', 9000],
		['web', 30_000],
	]);
	expect(agents.map(({name, coldStarts}) => [name, coldStarts?.total])).toEqual([['main', 2]]);
	expect(threads.map(({coldStarts}) => coldStarts)).toEqual([undefined, undefined]);
});
