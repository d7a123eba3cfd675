import {describe, expect, test} from 'vitest';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import type {Request} from '../../../source/request.js';
import {formatContext, readLines} from '../reading.js';

const open = (saved?: unknown) => {
	const found = new Map<string, Request>();
	const session = usageLines.open(
		formatContext({source: 'app.log', onRequest: request => found.set(request.id, request)}),
		saved,
	);
	return {session, found};
};

const read = (lines: readonly unknown[]) => readLines(usageLines, lines);

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 10, 0, second)).toISOString();
const usage = {
	input_tokens: 10,
	cache_creation_input_tokens: 500,
	cache_read_input_tokens: 9000,
	output_tokens: 50,
};
const model = 'claude-sonnet-4-5';

test('the log of two containers: each line is read by what knows it', () => {
	const event = (second: number, text: string) =>
		`worker-1  | ${at(second).replace('000Z', '000001Z')} [info     ] ${text} thread_id=T`;
	const {requests} = read([
		event(0, `Making LLM API call to model: ${model} with 3 messages`),
		event(5, '💰 Usage type: EXACT - prompt=9510, completion=50, cache_read=9000, cache_creation=500'),
		event(
			5,
			"🔍 THREAD MANAGER USAGE: {'prompt_tokens': 9510, 'completion_tokens': 50, 'cache_read_input_tokens': 9000}",
		),
		`litellm-1  | ${JSON.stringify({time: at(10), model, usage})}`,
		`web-1  | INFO ${at(20)} usage=Usage(input_tokens=10, output_tokens=50, cache_read_input_tokens=9000, cache_creation_input_tokens=500)`,
	]);
	expect(requests.map(({id}) => id.split(':')[0])).toEqual(['agentpress', 'usage', 'usage']);
	expect(requests.map(({usage: told}) => told?.cacheRead)).toEqual([9000, 9000, 9000]);
});

describe('a call reported twice', () => {
	const raw = (second: number, id: string, thread = 't1') => ({
		time: at(second),
		msg: 'raw response',
		request_id: `r-${id}`,
		thread_id: thread,
		response: {id: `msg_${id}`, model, usage},
	});
	const summary = (second: number, id: string, thread = 't1') => ({
		time: at(second),
		msg: 'llm call done',
		request_id: `r-${id}`,
		thread_id: thread,
		model,
		...usage,
		duration_ms: 900,
	});

	test('by two loggers is one, whichever comes first', () => {
		expect(read([raw(0, 'a'), summary(1, 'a')]).requests).toHaveLength(1);
		const {requests, tally} = read([summary(0, 'a'), raw(1, 'a')]);
		expect(requests).toHaveLength(1);
		expect(tally).toMatchObject({outcomes: 1, repeats: 1});
	});

	test('a fan-out of equal calls stays one, reported once or twice', () => {
		expect(read([raw(0, 'a'), raw(0, 'b'), raw(0, 'c')]).requests).toHaveLength(3);
		const both = [raw(0, 'a'), raw(0, 'b'), summary(1, 'a'), summary(1, 'b')];
		expect(read(both).requests).toHaveLength(2);
		const unnamed = both.map(({request_id: _, ...line}) => line);
		expect(read(unnamed).requests).toHaveLength(2);
	});

	test('is two in two threads, or minutes apart', () => {
		expect(read([raw(0, 'a'), {...summary(1, 'a', 't2'), request_id: undefined}]).requests).toHaveLength(2);
		expect(read([raw(0, 'a'), {...summary(59, 'a'), request_id: undefined}]).requests).toHaveLength(2);
	});

	test('under one id is one with the same counts, and two with others', () => {
		const line = (second: number, cached: number) => ({
			time: at(second),
			id: 'constant',
			model,
			usage: {...usage, cache_read_input_tokens: cached},
		});
		expect(read([line(0, 9000), line(1, 9000), line(2, 9500)]).requests).toHaveLength(2);
	});
});

describe('streams', () => {
	const start = (told: object) => ({type: 'message_start', message: {id: 'msg_1', model, usage: told}});

	test('the last event replaces what the first one said', () => {
		const delta = {type: 'message_delta', delta: {}, usage: {...usage, output_tokens: 412}};
		const {requests} = read([
			`data: ${JSON.stringify(start({input_tokens: 9510, output_tokens: 0}))}`,
			`data: ${JSON.stringify(delta)}`,
		]);
		expect(requests).toMatchObject([{usage: {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, output: 412}}]);
	});

	test('one with only its output, also after a restart', () => {
		const {session, found} = open();
		session.lines(Buffer.from(`${JSON.stringify(start({...usage, output_tokens: 1}))}\n`), true);
		const next = open(JSON.parse(JSON.stringify(session.save())));
		next.session.lines(Buffer.from(`${JSON.stringify({type: 'message_delta', usage: {output_tokens: 412}})}\n`), false);
		expect([...next.found.keys()]).toEqual([...found.keys()]);
		expect([...next.found.values()][0]?.usage).toMatchObject({cacheRead: 9000, output: 412});
	});

	test('the last event alone counts', () => {
		expect(read([{type: 'message_delta', usage}]).requests).toHaveLength(1);
	});
});

describe('a run of the Claude Agent SDK', () => {
	const result = {type: 'result', num_turns: 4, session_id: 's', usage, modelUsage: {[model]: {inputTokens: 10}}};

	test('is one request, marked as partial', () => {
		expect(read([result]).requests).toMatchObject([
			{model, thread: 's', usage: {cacheRead: 9000, accuracy: 'partial'}},
		]);
	});

	test('is none if its calls were reported', () => {
		const call = {type: 'assistant', session_id: 's', message: {id: 'msg_1', model, usage}};
		expect(read([call, result]).requests.map(({id}) => id)).toEqual(['usage:msg_1']);
	});
});

describe('values over several lines', () => {
	const pretty = JSON.stringify({id: 'msg_1', created_at: at(0), model, content: [{text: 'a {'}], usage}, undefined, 2);

	test.each([
		['pretty JSON', pretty],
		[
			'behind a prefix on each line',
			pretty
				.split('\n')
				.map(line => `worker-1  | ${line}`)
				.join('\n'),
		],
		[
			'in docker entries',
			pretty
				.split('\n')
				.map(line => JSON.stringify({log: `${line}\n`, stream: 'stdout'}))
				.join('\n'),
		],
		[
			'console.log',
			`[${at(0)}] usage: {\n  input_tokens: 10,\n  cache_read_input_tokens: 9000,\n  cache_creation_input_tokens: 500,\n  output_tokens: 50\n}`,
		],
		['a list', `[\n${pretty.replaceAll(/^/gm, '  ')},\n${pretty.replaceAll(/^/gm, '  ')}\n]`],
	])('%s', (_, text) => {
		expect(read(['noise', ...text.split('\n'), 'noise']).requests).toMatchObject([
			{usage: {cacheRead: 9000, output: 50}},
		]);
	});

	test('a document of more lines than a value may have', () => {
		const events = Array.from({length: 150}, (_, index) => ({
			logStreamName: 'w',
			message: JSON.stringify({time: at(index), model, usage: {...usage, output_tokens: index + 1}}),
		}));
		const {requests} = read(JSON.stringify({events, next: null}, undefined, 4).split('\n'));
		expect(new Set(requests.map(({usage: told}) => told?.output)).size).toBe(150);
	});

	test('what never closes is given up, and costs no other line', () => {
		const {requests} = read([
			'function main() {',
			{time: at(0), model, usage},
			'foo: {',
			'  a: 1,',
			{time: at(1), model, usage},
		]);
		expect(requests).toHaveLength(2);
	});
});

test('a response with a conversation and a summary without one are one call', () => {
	const response = {time: at(0), thread_id: 'T', response: {id: 'msg_1', model, usage}};
	const summary = {time: at(1), msg: 'done', model, ...usage};
	expect(read([response, summary]).requests).toMatchObject([{thread: 'T'}]);
	expect(
		read([
			{...response, thread_id: undefined},
			{...summary, session_id: 'T'},
		]).requests,
	).toMatchObject([{thread: 'T'}]);
	// Each logger reports a call once.
	const other = {...response, response: {...response.response, id: 'msg_2'}};
	expect(read([response, other, summary]).requests).toHaveLength(2);
	expect(read([response, {...summary, session_id: 'U'}]).requests).toHaveLength(2);
});

test('LiteLLM’s payload and the response that an application logged, under one id, are one call', () => {
	const counts = {
		prompt_tokens: 9510,
		completion_tokens: 50,
		total_tokens: 9560,
		prompt_tokens_details: {cached_tokens: 9000, cache_creation_tokens: 500},
		cache_read_input_tokens: 9000,
		cache_creation_input_tokens: 500,
	};
	const {total_tokens: _, prompt_tokens_details: __, ...flat} = counts;
	const payload = {
		...flat,
		id: 'chatcmpl-1',
		trace_id: 'trace-1',
		call_type: 'acompletion',
		model,
		custom_llm_provider: 'anthropic',
		startTime: Date.UTC(2026, 10, 27, 9, 59, 58) / 1000,
		endTime: Date.UTC(2026, 10, 27, 10) / 1000,
		metadata: {usage_object: counts},
	};
	const response = {time: at(1), response: {id: 'chatcmpl-1', model, usage: counts}};
	const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, output: 50};
	for (const lines of [
		[payload, response],
		[response, payload],
	]) {
		expect(read(lines).requests).toMatchObject([{thread: 'trace-1', usage: all}]);
	}
	expect(read([payload, {...response, response: {...response.response, id: 'chatcmpl-2'}}]).requests).toHaveLength(2);
});
