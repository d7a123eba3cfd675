import {priceList} from '../../source/metrics/money/pricing.js';
import type {Report} from '../../source/metrics/report/report.js';
import type {Window} from '../../source/metrics/windows/window.js';
import type {PlanBlock, Request, Usage} from '../../source/request.js';
import {reportOf} from './recount.js';

/** 22 November 2026, 09:12 UTC: when the windows of the tests end. */
export const testNow = Date.UTC(2026, 10, 22, 9, 12);
export const hour = 3_600_000;
export const testWindow: Window = {from: testNow - 24 * hour, to: testNow, name: '24h'};

let made = 0;

/** A request without plan and usage, an hour before `testNow`. */
export const request = (parts: Partial<Request> = {}): Request => ({
	id: `request-${++made}`,
	time: testNow - hour,
	thread: 'thread-1',
	project: undefined,
	source: 'logs/worker.log',
	host: undefined,
	model: 'claude-sonnet-4-5',
	plan: undefined,
	usage: undefined,
	missReason: undefined,
	rebuilt: false,
	...parts,
});

export const usage = (parts: Partial<Usage> = {}): Usage => ({
	uncached: 0,
	cacheRead: 0,
	cacheWrite5m: 0,
	cacheWrite1h: 0,
	output: 0,
	accuracy: 'exact',
	...parts,
});

export const block = (number: number, tokens?: number): PlanBlock => ({number, tokens, reused: false});

/** A request with nothing but the blocks it marked. */
export const planned = (blocks: readonly PlanBlock[], parts: Partial<Request> = {}): Request =>
	request({plan: {blocks, skipped: [], unsupported: false}, model: undefined, ...parts});

/** A request of which the provider counted the tokens. */
export const measured = (tokens: Partial<Usage>, parts: Partial<Request> = {}): Request =>
	request({usage: usage(tokens), ...parts});

/** The worked example of a log that holds only plan lines: 1,250 requests, 52,500,000 tokens in marked blocks. */
export const workedExample = (): readonly Request[] =>
	Array.from({length: 1250}, (_, index) => {
		const isHit = index < 1050;
		return planned(
			[
				...(isHit ? [block(1, 50_000)] : []),
				...(index < 850 ? [block(2, 0)] : []),
				...(index < 650 ? [block(3, 0)] : []),
			],
			{time: testWindow.from + index * 60_000, thread: `thread-${index % 40}`},
		);
	});

const minute = 60_000;

/** Reads, writes, two breaks with a price, a model without one, a plan without usage, an estimate; and the day before. */
export const measuredDay = (): readonly Request[] => {
	const at = (minutes: number) => testNow - 3 * hour + minutes * minute;
	const plan = {
		blocks: [block(1, 4000), block(2, 16_000)],
		skipped: [{part: 'conversation', tokens: 300}],
		unsupported: false,
	} as const;
	return [
		measured({cacheWrite5m: 20_000, uncached: 300, output: 200}, {time: at(-46 * 60), plan, thread: 'thread-0'}),
		measured({cacheRead: 20_000, uncached: 900, output: 300}, {time: at(-30 * 60), plan, thread: 'thread-0'}),
		measured({cacheRead: 20_000, uncached: 90, output: 300}, {time: at(-30 * 60 + 1), plan, thread: 'thread-0'}),
		measured({cacheWrite5m: 20_000, uncached: 300, output: 500}, {time: at(0), plan}),
		measured({cacheRead: 20_000, cacheWrite5m: 4000, uncached: 290, output: 700}, {time: at(1), plan}),
		measured({cacheWrite5m: 26_000, uncached: 305, output: 400}, {time: at(20), plan}),
		measured({cacheRead: 26_000, uncached: 310, output: 100}, {time: at(22), plan, project: 'research'}),
		measured(
			{cacheWrite1h: 25_000, uncached: 1000, output: 120},
			{time: at(23), missReason: 'tools changed', host: 'web1'},
		),
		measured({cacheRead: 9000, uncached: 1000, output: 50}, {time: at(30), model: 'house-model', thread: undefined}),
		measured({uncached: 5000, accuracy: 'partial'}, {time: at(40), thread: 'thread-2'}),
		planned([block(1, 5000)], {time: at(50), thread: 'thread-3'}),
	];
};

/** A report of the last 24 hours. */
export const reportFor = (requests: readonly Request[], window: Window = testWindow): Report =>
	reportOf(requests, window, priceList(), testNow);
