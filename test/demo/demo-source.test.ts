import {afterEach, expect, test, vi} from 'vitest';
import {demoMarks, demoSource} from '../../source/demo/demo-source.js';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {costOf} from '../../source/metrics/money/cost.js';
import type {CostParts} from '../../source/metrics/money/cost-parts.js';
import {priceOf} from '../../source/metrics/money/money.js';
import {type ModelPrices, priceList} from '../../source/metrics/money/pricing.js';
import {inputTokens, type Usage} from '../../source/request.js';
import type {LogFacts, SourceSink} from '../../source/sources/source.js';
import {readAll} from '../formats/agents/read-transcript.js';
import {readLog} from '../formats/backends/agentpress/read-log.js';
import {reportOf} from '../support/recount.js';
import {hour} from '../support/requests.js';

const now = Date.UTC(2026, 1, 3, 14, 0, 0, 250);

const collect = () => {
	let text = '';
	const heads: boolean[] = [];
	const facts: LogFacts[] = [];
	let transcript = '';
	const sink: SourceSink = {
		lines: (log, bytes, head) => {
			expect(bytes.at(-1)).toBe(10);
			if (log.id === 'demo agent') {
				transcript += bytes.toString();
				return;
			}
			text += bytes.toString();
			heads.push(head);
		},
		caughtUp: fact => {
			facts.push(fact);
		},
		problem: problem => {
			throw new Error(problem.message);
		},
	};
	return {sink, heads, facts, text: () => text, transcript: () => transcript};
};

const stamps = (text: string) => text.match(/(?<=^\u001b\[2m)20\S+Z(?=\u001b)/gm) ?? [];

afterEach(() => {
	vi.useRealTimers();
});

test('read hands over a week of history up to now, the same for the same seed', async () => {
	const first = collect();
	await demoSource({now: () => now, seed: 3}).read(first.sink);
	const times = stamps(first.text()).map(stamp => Date.parse(stamp));
	expect(times.at(-1)).toBeLessThanOrEqual(now);
	expect(times.at(-1)).toBeGreaterThan(now - 60_000);
	expect(times[0]).toBeLessThan(now - 6 * 86_400_000);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	const requests = first.text().split('💰 Usage type').length - 1;
	expect(requests).toBeGreaterThan(1000);
	expect(requests).toBeLessThan(3000);
	expect(first.heads.indexOf(true)).toBe(0);
	expect(first.heads.lastIndexOf(true)).toBe(0);
	expect(first.facts).toEqual([
		expect.objectContaining({
			log: {id: 'demo agent', name: 'demo agent'},
			read: Buffer.byteLength(first.transcript()),
			lines: first.transcript().split('\n').length - 1,
		}),
		expect.objectContaining({
			log: {id: 'demo', name: 'demo'},
			read: Buffer.byteLength(first.text()),
			lines: first.text().split('\n').length - 1,
		}),
	]);

	const second = collect();
	await demoSource({now: () => now, seed: 3}).read(second.sink);
	expect(second.text() === first.text()).toBe(true);
	expect(second.transcript() === first.transcript()).toBe(true);
});

test('holds an incident to find: a deploy that breaks the cache, and a command that does', async () => {
	const {sink, text, transcript} = collect();
	const afternoon = Date.UTC(2026, 1, 3, 17);
	await demoSource({now: () => afternoon, seed: 3}).read(sink);
	const {breaks, costParts, evidence, projects, summary} = reportOf(
		[...readLog(text()).requests, ...readAll(claudeCode, transcript())].sort((one, other) => one.time - other.time),
		{from: afternoon - 24 * hour, to: afternoon, name: '24h'},
		priceList(),
		afternoon,
	);
	const changed = breaks.all.filter(({cause, request}) => cause === 'prefix-changed' && request.client === undefined);
	const inIncident = changed.filter(({request: {time}}) => {
		const sinceMidnight = time - Date.UTC(2026, 1, 3);
		return sinceMidnight >= 14 * hour + hour / 6 && sinceMidnight < 14.75 * hour + 60_000;
	});
	expect(inIncident.length).toBeGreaterThan(10);
	for (const {request, lostCost = 0} of breaks.all) {
		const price = priceList().of(request) as ModelPrices;
		const usage = request.usage as Usage;
		const aboveReads = costOf(usage, price).with - priceOf(inputTokens(usage), price.cacheRead);
		expect(lostCost).toBeLessThanOrEqual(Number(aboveReads) / 1e12);
	}
	const {firstWrites, growth, reads, lost} = costParts as CostParts;
	expect(firstWrites + growth + reads + lost).toBeCloseTo(summary.money.withCache as number, 9);
	expect(demoMarks(afternoon)).toEqual([{name: 'deploy 1.4', time: Date.UTC(2026, 1, 3, 14, 10)}]);
	expect(evidence.suspects[0]).toMatchObject({kind: 'slash command', detail: '/mcp'});
	// Blocks that are cut anew are no prefix of what was stored.
	expect(evidence.suspects.map(({kind}) => kind)).toContain('block size changed');
	expect(evidence.survived).toContainEqual(expect.objectContaining({cluster: 'client', read: 4812}));
	expect(projects.map(({name}) => name)).toEqual(expect.arrayContaining(['/home/ada/shop', '/home/ada/docs']));
});

test('follow continues in real time until it is stopped', async () => {
	vi.useFakeTimers({now});
	const {sink, text} = collect();
	const stop = await demoSource({now: Date.now, seed: 3}).follow(sink);
	const history = text().length;
	expect(text()).toContain('\u001b[1m💰 Usage type');
	await vi.advanceTimersByTimeAsync(60_000);
	const live = text().slice(history);
	const requests = live.split('💰 Usage type').length - 1;
	expect(requests).toBeGreaterThan(15);
	expect(requests).toBeLessThan(80);
	const times = (live.match(/20\d\d-\S+?Z(?=\u001b)/g) ?? []).map(stamp => Date.parse(stamp));
	expect(Math.min(...times)).toBeGreaterThanOrEqual(now);
	expect(Math.max(...times)).toBeLessThanOrEqual(now + 60_000);

	await stop();
	expect(vi.getTimerCount()).toBe(0);
	const end = text().length;
	await vi.advanceTimersByTimeAsync(60_000);
	expect(text().length).toBe(end);
});
