import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {claudeCode} from '../../source/formats/agents/claude-code/claude-code.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {readAll} from '../formats/agents/read-transcript.js';
import {readLog} from '../formats/backends/agentpress/read-log.js';
import {findBreaks, replay, summarize} from '../support/recount.js';

const samples = join(import.meta.dirname, '../../../shared/samples');
const prices = priceList();
const transcripts = readdirSync(join(samples, 'claude-code')).filter(name => name.endsWith('.jsonl'));
const agentpress = readdirSync(join(samples, 'agentpress'));

const logs = [
	...transcripts.map(
		name => [name, () => readAll(claudeCode, readFileSync(join(samples, 'claude-code', name)))] as const,
	),
	...agentpress.map(name => [name, () => readLog(readFileSync(join(samples, 'agentpress', name))).requests] as const),
];

test.each(logs)('%s: the replay of the policy in force costs what was measured', (_, read) => {
	const requests = read();
	const {withCache, withoutCache} = summarize(requests, prices).money;
	const whatIf = replay(requests, prices);
	expect(withCache).toBeGreaterThan(0);
	expect(whatIf?.costs[0]).toMatchObject({policy: 'as-is', cost: withCache});
	expect(whatIf?.costs[1]).toMatchObject({policy: 'no-cache', cost: withoutCache});
	const hourly = requests.some(({usage}) => (usage?.cacheWrite1h ?? 0) > 0);
	const short = requests.some(({usage}) => (usage?.cacheWrite5m ?? 0) > 0);
	if (hourly !== short) {
		const inForce = whatIf?.costs.find(({policy}) => policy === (hourly ? 'one-hour' : 'five-minutes'));
		expect(Math.abs((inForce?.cost ?? 0) - (withCache ?? 0))).toBeLessThan(1e-6);
	}
});

/** Published multiples of the input price per million tokens: read, 5-minute write, 1-hour write. */
const published: Readonly<Record<string, readonly [input: number, read: number, write5m: number, write1h: number]>> = {
	'claude-opus-4-6': [5, 0.1, 1.25, 2],
	'claude-opus-4-5-20251101': [5, 0.1, 1.25, 2],
	'claude-sonnet-4-5-20250929': [3, 0.1, 1.25, 2],
	'claude-haiku-4-5-20251001': [1, 0.1, 1.25, 2],
};

test.each(transcripts)('%s: money is what the published multiples give', name => {
	const requests = readAll(claudeCode, readFileSync(join(samples, 'claude-code', name)));
	let cost = 0;
	for (const {usage, model} of requests) {
		const [input, read, write5m, write1h] = published[model ?? ''] ?? [Number.NaN, 0, 0, 0];
		if (usage) {
			cost +=
				(input *
					(usage.uncached + usage.cacheRead * read + usage.cacheWrite5m * write5m + usage.cacheWrite1h * write1h)) /
				1e6;
		}
	}
	expect(summarize(requests, prices).money.withCache).toBeCloseTo(cost, 6);
});

describe('entire-ec-38b74f08e3', () => {
	test('the model changes in mid-session: found, and priced', () => {
		const requests = readAll(claudeCode, readFileSync(join(samples, 'claude-code/entire-ec-38b74f08e3-0.jsonl')));
		const switched = findBreaks(requests, prices).all.filter(({cause}) => cause === 'model-switched');
		expect(switched).toHaveLength(1);
		expect(switched[0]?.detail).toMatch(/sonnet.* → .*opus/);
		expect(switched[0]?.lostTokens).toBe(56_698);
		expect(switched[0]?.lostCost).toBeGreaterThan(0.3);
	});
});
