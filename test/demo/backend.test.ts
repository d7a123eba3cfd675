import {expect, test} from 'vitest';
import {modelRules} from '../../source/demo/model-rules.js';
import type {RequestFacts} from '../../source/demo/request-facts.js';
import type {LogEvent, LogRecord} from '../../source/demo/writing/log-record.js';
import {simulateBackend} from '../simulated/backend.js';
import {type GenerationName, generationNames, generations} from '../simulated/generations.js';
import {renderRecords} from '../simulated/render.js';

const run = (options: Partial<Parameters<typeof simulateBackend>[0]> = {}) => {
	const records: LogRecord[] = [];
	const requests: RequestFacts[] = [];
	const untils: number[] = [];
	const start = Date.UTC(2025, 9, 20, 8);
	for (const step of simulateBackend({seed: 7, start, limit: 400, requestsPerSecond: 0.5, threads: 10, ...options})) {
		records.push(...step.records);
		requests.push(...step.requests);
		untils.push(step.until);
	}

	const events = records.filter((record): record is LogEvent => !('raw' in record));
	return {records, requests, untils, events};
};

const starting = (events: readonly LogEvent[], start: string) => events.filter(({event}) => event.startsWith(start));
const microseconds = (record: LogRecord) => record.time * 1000 + record.microseconds;

test('the same seed gives the same log, another seed another', () => {
	const text = (seed: number) => renderRecords(run({seed, limit: 60, noise: 2}).records, 'json');
	expect(text(1)).toBe(text(1));
	expect(text(1)).not.toBe(text(2));
});

test('lines are in order of time, and those of several threads interleave', () => {
	const {records, events, untils} = run({noise: 1});
	const times = records.map(microseconds);
	expect(times).toEqual([...times].sort((a, b) => a - b));
	expect(untils).toEqual([...untils].sort((a, b) => a - b));
	const changes = events.filter((event, index) => event.context.thread_id !== events[index - 1]?.context.thread_id);
	expect(changes.length).toBeGreaterThan(500);
});

test('the rate is about the one asked for, busy or quiet', () => {
	for (const requestsPerSecond of [20, 1, 0.01]) {
		const {requests} = run({requestsPerSecond, limit: 1500, threads: 20});
		const seconds = ((requests.at(-1)?.time ?? 0) - (requests[0]?.time ?? 0)) / 1000;
		expect(requests.length).toBe(1500);
		expect(requests.length / seconds / requestsPerSecond).toBeGreaterThan(0.5);
		expect(requests.length / seconds / requestsPerSecond).toBeLessThan(1.7);
	}
});

const outcomes: Readonly<Record<GenerationName, RegExp>> = {
	'2025-09-17':
		/assistant_response_end: .*prompt_tokens=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)/,
	'2025-09-19':
		/assistant_response_end: .*prompt_tokens=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)/,
	'2025-10-01': /^🔍 CACHE DETECTION: cache_read=(?<read>\d+), cache_creation=(?<write>\d+), prompt=(?<prompt>\d+)$/,
	'2025-10-16': /^💰 Usage type: .*prompt=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)$/,
	'2025-11-24': /^💰 Usage type: .*prompt=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)$/,
	'2025-11-27': /^💰 Usage type: .*prompt=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)$/,
	'2025-12-18': /^💰 Usage type: .*prompt=(?<prompt>\d+),.*cache_read=(?<read>\d+), cache_creation=(?<write>\d+)$/,
	'2026-03':
		/^💰 \[ResponseProcessor\].*'prompt_tokens': (?<prompt>\d+),.*'cache_read_input_tokens': (?<read>\d+), 'cache_creation_input_tokens': (?<write>\d+)/,
};

test.each(generationNames)('%s: the facts are what the log says, and true', generation => {
	const {events, requests} = run({generation, noise: 1});
	const logged = events.flatMap(event => {
		const {groups} = outcomes[generation].exec(event.event) ?? {};
		return groups === undefined
			? []
			: [
					{
						time: event.time,
						thread: event.context.thread_id,
						prompt: Number(groups.prompt),
						read: Number(groups.read),
						write: Number(groups.write),
					},
				];
	});
	expect(requests.length).toBe(400);
	expect(
		requests.map(({time, thread, prompt, usage}) => ({
			time,
			thread,
			prompt,
			read: usage?.cacheRead,
			write: (usage?.cacheWrite5m ?? 0) + (usage?.cacheWrite1h ?? 0),
		})),
	).toEqual(logged);

	for (const {usage, truth, prompt, model} of requests) {
		const input = truth.uncached + truth.cacheRead + truth.cacheWrite;
		expect(
			(usage?.uncached ?? 0) + (usage?.cacheRead ?? 0) + (usage?.cacheWrite5m ?? 0) + (usage?.cacheWrite1h ?? 0),
		).toBe(input);
		expect(truth.uncached).toBeGreaterThanOrEqual(0);
		if (usage?.accuracy === 'exact') {
			expect(usage).toMatchObject({uncached: truth.uncached, cacheRead: truth.cacheRead, output: truth.output});
			// LiteLLM before 1.77.3 (Anthropic) and 1.78.0 (Bedrock) left the writes out.
			const includesWrites = generation >= '2025-10-16' && !model.startsWith('bedrock/');
			expect(prompt).toBe(includesWrites ? input : input - truth.cacheWrite);
		} else {
			expect(usage).toMatchObject({accuracy: 'estimated', cacheRead: 0, cacheWrite5m: 0});
		}
	}
});

test.each(generationNames)('%s: the planned blocks are those of the lines', generation => {
	const {events, requests} = run({generation, limit: 1000});
	const plans = requests.flatMap(({plan}) => plan?.blocks ?? []);
	const lines = events.filter(({event}) => /^(🔥 |🎯 )?Block \d: Cached/.test(event)).length;
	const reused = plans.filter(block => block.reused).length;
	// Only one generation plans twice, the first time to count.
	if (generation === '2025-10-16') {
		expect(reused).toBeGreaterThan(50);
		expect(lines).toBeGreaterThan(plans.length - reused);
	} else {
		expect(plans.length - reused).toBe(lines);
	}

	expect(requests.some(({plan}) => (plan?.skipped.length ?? 0) > 0)).toBe(true);
	expect(requests.some(({plan}) => plan?.blocks.some(({number}) => number > 1))).toBe(true);
	const unsupported = requests.filter(({plan}) => plan?.unsupported);
	expect(unsupported.every(({model}) => !modelRules(model).marked)).toBe(true);
	expect(unsupported.length > 0).toBe(generation !== '2026-03');
});

test('reads follow writes: nothing is read that no call of the model wrote, and minimum sizes hold', () => {
	const {requests} = run({limit: 1500, noise: 0});
	const written = new Map<string, number>();
	for (const {model, truth, thread} of requests) {
		const key = modelRules(model).marked ? model : thread;
		if (modelRules(model).marked && truth.cacheRead > 0) {
			expect(written.get(key) ?? 0).toBeGreaterThan(0);
		}

		expect(
			truth.cacheRead + truth.cacheWrite === 0 || truth.cacheRead + truth.cacheWrite >= modelRules(model).minimum,
		).toBe(true);
		written.set(key, (written.get(key) ?? 0) + truth.cacheWrite);
	}

	const automatic = requests.filter(({model}) => !modelRules(model).marked);
	expect(automatic.every(({truth}) => truth.cacheWrite === 0 && truth.cacheRead % 128 === 0)).toBe(true);
	expect(automatic.some(({truth}) => truth.cacheRead > 0)).toBe(true);
});

test.each(['2025-09-19', '2025-10-01', '2025-10-16', '2026-03'] as const)(
	'%s: a call loses what its thread had in the cache only where there is a cause',
	generation => {
		const previous = new Map<string, number>();
		const seen = new Set<string>();
		let kept = 0;
		let switched = 0;
		for (const {thread, model, truth, cause} of run({limit: 1500, generation}).requests) {
			const expected = previous.get(thread);
			if (expected !== undefined && cause === undefined && modelRules(model).marked) {
				expect(truth.cacheRead).toBeGreaterThanOrEqual(expected);
				kept++;
			}

			// Another model has at most the system prompt, from other threads.
			if (cause === 'model-switched' && !seen.has(thread + model)) {
				expect(truth.cacheRead).toBeLessThanOrEqual(21_544 + 2_310);
				switched++;
			}

			seen.add(thread + model);
			previous.set(thread, truth.cacheRead + truth.cacheWrite);
		}

		expect(kept).toBeGreaterThan(500);
		expect(switched).toBeGreaterThan(2);
	},
);

test('every cause of lost tokens occurs', () => {
	const causes = new Set(run({limit: 2000}).requests.map(({cause}) => cause));
	expect(causes).toEqual(new Set([undefined, 'model-switched', 'expired', 'rebuilt', 'prefix-changed']));
});

test('the same calls at info: fewer lines, and facts that know only those', () => {
	const all = run({generation: '2026-03'});
	const info = run({generation: '2026-03', level: 'info'});
	expect(info.events.every(({level}) => level !== 'debug')).toBe(true);
	expect(info.requests.map(({usage}) => usage)).toEqual(all.requests.map(({usage}) => usage));
	expect(
		info.requests.every(({plan}) => plan?.blocks.every(({number}) => number === 1) && plan.skipped.length === 0),
	).toBe(true);
	const september = run({generation: '2025-09-17', level: 'info'}).requests;
	expect(september.every(({usage}) => usage?.accuracy === 'partial' && usage.cacheWrite5m === 0)).toBe(true);
	const december = run({generation: '2025-12-18', level: 'info'}).requests;
	expect(december.some(({usage}) => usage === undefined)).toBe(true);
});

test('writes of the hour-long lifetime are counted as such', () => {
	const {requests} = run({generation: '2025-09-19'});
	expect(requests.every(({usage}) => usage?.cacheWrite5m === 0)).toBe(true);
	expect(requests.some(({usage}) => (usage?.cacheWrite1h ?? 0) > 0)).toBe(true);
});

test('a rebuilt cache is a line of the log in the generation that has one', () => {
	const {events, requests} = run({limit: 800});
	const rebuilt = requests.filter(request => request.rebuilt).length;
	expect(rebuilt).toBeGreaterThan(0);
	expect(starting(events, '🔄 Rebuilding cache').length).toBe(rebuilt);
	expect(run({generation: generationNames[2], limit: 800}).requests.some(request => request.rebuilt)).toBe(false);
});

test('a hit hides the write of the same call, and money lines come only where money is billed', () => {
	const {events, requests} = run();
	expect(starting(events, '🎯 CACHE HIT').length).toBe(
		requests.filter(({usage}) => (usage?.cacheRead ?? 0) > 0).length,
	);
	const silent = requests.filter(({usage}) => (usage?.cacheRead ?? 0) === 0 && (usage?.cacheWrite5m ?? 0) > 0);
	expect(starting(events, '💾 CACHE WRITE').length).toBe(silent.length);
	expect(starting(events, '[BILLING]').length).toBe(0);
	expect(starting(run({billed: true}).events, '[BILLING] Calculated cost').length).toBe(400);
});

test('noise holds look-alikes of every kind', () => {
	const {records} = run({noise: 3, generation: '2025-11-27'});
	const {exceptions} = generations['2025-11-27'];
	const text = renderRecords(records, 'plain', {exceptions});
	for (const part of [
		'INFO:     172.18.0.1',
		'- LiteLLM:INFO\u001b[0m: utils.py:3373 - \nLiteLLM completion()',
		'[dramatiq.worker.WorkerThread]',
		'\nTraceback (most recent call last):\n',
		'✅ [CACHE HIT] web_search_tool',
		'multi-line event:\n🔥 Block 9: Cached chunk (1 tokens, 1 messages)\nthird line',
		'User message: please explain "🎯 CACHE HIT: 1/2 tokens (50.0%)" in my log',
		'second line: 🔥 Block 1: Cached system prompt (777 tokens)',
	]) {
		expect(text).toContain(part);
	}
});
