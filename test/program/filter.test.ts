import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';

let clock = Date.UTC(2025, 9, 20, 8);
const line = (event: string, context: string) =>
	`${new Date(clock++).toISOString().replace('Z', '456Z')} [info     ] ${event.padEnd(30)} lineno=1 ${context}\n`;
const usage = '💰 Usage type: EXACT - prompt=20000, completion=5, cache_read=18000, cache_creation=0';
const plan = (context: string) => line('🔥 Block 1: Cached system prompt (18000 tokens)', context);

/** A usage object as an application of one's own may log it. */
const call = (model: string, thread_id: string, project: string) =>
	`${JSON.stringify({
		timestamp: new Date(clock++).toISOString(),
		model,
		thread_id,
		project,
		usage: {input_tokens: 2000, cache_read_input_tokens: 18_000, cache_creation_input_tokens: 0, output_tokens: 5},
	})}\n`;

const calls =
	call('claude-sonnet-4-5', 'a1', 'red') +
	call('claude-haiku-4-5', 'b2', 'red') +
	call('claude-haiku-4-5', 'b2', 'blue');

const reportOf = async (
	logs: Readonly<Record<string, string>>,
	...args: string[]
): Promise<Record<string, unknown>> => {
	let json: Record<string, unknown> = {};
	await withFolder(async folder => {
		for (const [name, content] of Object.entries(logs)) {
			writeFileSync(join(folder, name), content);
		}
		const {stdout, code} = await run(['report', '--json', ...args, ...Object.keys(logs)], {cwd: folder});
		expect(code).toBe(0);
		json = JSON.parse(stdout);
	});
	return json;
};

test.each([
	[['--model', 'HAIKU'], 2],
	[['--thread', 'b'], 2],
	[['--project', 'red'], 2],
	[['--project', 'red', '--model', 'haiku'], 1],
	[['--project', 'green'], 0],
])('%j takes %i of three requests', async (flags, requests) => {
	expect(await reportOf({'worker.log': calls}, ...flags)).toMatchObject({total_events: requests});
});

test('a log that names no model is taken by --model and priced as it', async () => {
	const logs = {'plans.log': plan('thread_id=c3')};
	expect(await reportOf(logs, '--model', 'claude-haiku-4-5')).toMatchObject({
		total_events: 1,
		assumed_prices: 'anthropic claude-haiku-4-5',
		original_cost: 0.018,
		filter: {model: 'claude-haiku-4-5', project: null, thread: null, text: null},
	});
	expect(await reportOf(logs, '--model', 'nothing-like-it')).toMatchObject({
		total_events: 1,
		assumed_prices: 'Claude Sonnet, assumed',
	});
});

test('of two logs, the one without models matches completely, the other in part', async () => {
	const json = await reportOf(
		{'worker.log': calls, 'other.log': line(usage, 'thread_id=c3')},
		'--model',
		'claude-haiku-4-5',
	);
	expect(json).toMatchObject({total_events: 3, price_coverage: 100});
});
