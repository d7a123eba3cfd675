import {describe, expect, test} from 'vitest';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import type {FormatContext} from '../../../source/formats/format.js';
import {type Request, untimed} from '../../../source/request.js';
import {utc} from '../../../source/time/stamp.js';
import {formatContext, logOf, readLines} from '../reading.js';

const open = (context: Partial<FormatContext> = {}) => {
	const found = new Map<string, Request>();
	const session = usageLines.open(
		formatContext({source: 'app.log', onRequest: request => found.set(request.id, request), ...context}),
	);
	return {session, found};
};

const read = (lines: readonly unknown[], context: Partial<FormatContext> = {}) => ({
	...readLines(usageLines, lines, context),
	recognised: usageLines.recognise(Buffer.from(logOf(lines))),
});

const only = (line: unknown, context: Partial<FormatContext> = {}): Request => {
	const {requests, recognised} = read([line], context);
	expect(recognised).toBe(true);
	expect(requests).toHaveLength(1);
	return requests[0] as Request;
};

const tokens = (uncached: number, cacheRead: number, cacheWrite5m: number, cacheWrite1h: number, output: number) => ({
	uncached,
	cacheRead,
	cacheWrite5m,
	cacheWrite1h,
	output,
	accuracy: 'exact',
});

const at = '2025-10-20T08:15:30.123456Z';
const instant = Date.UTC(2025, 9, 20, 8, 15, 30, 123);
const anthropic = {
	input_tokens: 21,
	cache_creation_input_tokens: 1699,
	cache_read_input_tokens: 14_238,
	output_tokens: 393,
};

describe('each provider’s wording becomes the same fields', () => {
	test.each([
		['Anthropic', {usage: anthropic}, tokens(21, 14_238, 1699, 0, 393)],
		[
			'Anthropic with lifetimes',
			{usage: {...anthropic, cache_creation: {ephemeral_5m_input_tokens: 699, ephemeral_1h_input_tokens: 1000}}},
			tokens(21, 14_238, 699, 1000, 393),
		],
		[
			'Anthropic without a cache',
			{usage: {input_tokens: 21, output_tokens: 4}},
			{...tokens(21, 0, 0, 0, 4), cacheUnknown: true},
		],
		[
			'OpenAI chat',
			{
				usage: {
					prompt_tokens: 2006,
					completion_tokens: 300,
					total_tokens: 2306,
					prompt_tokens_details: {cached_tokens: 1920},
				},
			},
			tokens(86, 1920, 0, 0, 300),
		],
		[
			'OpenAI chat and OpenRouter with writes',
			{
				usage: {
					prompt_tokens: 3000,
					completion_tokens: 30,
					prompt_tokens_details: {cached_tokens: 2000, cache_write_tokens: 900},
					cost: 0.01,
				},
			},
			tokens(100, 2000, 900, 0, 30),
		],
		[
			'OpenAI responses',
			{response: {usage: {input_tokens: 3000, input_tokens_details: {cached_tokens: 2048}, output_tokens: 30}}},
			tokens(952, 2048, 0, 0, 30),
		],
		[
			'Bedrock Converse',
			{
				usage: {
					inputTokens: 21,
					cacheReadInputTokens: 14_238,
					cacheWriteInputTokens: 1699,
					outputTokens: 393,
					totalTokens: 16_351,
					cacheDetails: [
						{ttl: '5m', inputTokens: 699},
						{ttl: '1h', inputTokens: 1000},
					],
				},
			},
			tokens(21, 14_238, 699, 1000, 393),
		],
		[
			'Gemini',
			{
				usageMetadata: {
					promptTokenCount: 5000,
					cachedContentTokenCount: 4096,
					candidatesTokenCount: 100,
					thoughtsTokenCount: 50,
				},
			},
			tokens(904, 4096, 0, 0, 150),
		],
		[
			'Gemini Interactions',
			{usage: {total_input_tokens: 5000, total_cached_tokens: 4096, total_output_tokens: 100, total_thought_tokens: 5}},
			tokens(904, 4096, 0, 0, 105),
		],
		[
			'DeepSeek',
			{
				usage: {
					prompt_tokens: 1000,
					completion_tokens: 20,
					prompt_cache_hit_tokens: 896,
					prompt_cache_miss_tokens: 104,
				},
			},
			tokens(104, 896, 0, 0, 20),
		],
		[
			'LangChain',
			{
				usage_metadata: {
					input_tokens: 15_958,
					output_tokens: 393,
					input_token_details: {cache_read: 14_238, cache_creation: 1699},
				},
			},
			tokens(21, 14_238, 1699, 0, 393),
		],
		[
			'AI SDK',
			{usage: {inputTokens: 1000, outputTokens: 9, inputTokenDetails: {cacheReadTokens: 800, cacheWriteTokens: 150}}},
			tokens(50, 800, 150, 0, 9),
		],
	])('%s', (_, line, expected) => {
		expect(only({timestamp: at, model: 'some-model', ...line}).usage).toEqual(expected);
	});

	test('LiteLLM’s usage object: writes inside unless the date or the numbers say otherwise', () => {
		const usage = {
			prompt_tokens: 16_011,
			completion_tokens: 10,
			prompt_tokens_details: {cached_tokens: 14_238},
			cache_read_input_tokens: 14_238,
			cache_creation_input_tokens: 1699,
		};
		const line = {timestamp: at, model: 'anthropic/claude-sonnet-4-5', usage};
		expect(only(line).usage?.uncached).toBe(74);
		expect(only({...line, timestamp: '2025-08-01T00:00:00Z'}).usage?.uncached).toBe(1773);
		expect(only(line, {promptTokens: 'written-excluded'}).usage?.uncached).toBe(1773);
	});

	test('impossible numbers are brought back to possible ones and marked', () => {
		const usageOf = (usage: object) => only({timestamp: at, usage}).usage;
		expect(usageOf({input_tokens: -5, output_tokens: 1.5, cache_read_input_tokens: 10})).toEqual({
			...tokens(0, 10, 0, 0, 1),
			accuracy: 'partial',
		});
		const chat = (prompt: number, read: number, written: number) =>
			usageOf({
				prompt_tokens: prompt,
				completion_tokens: 1,
				prompt_tokens_details: {cached_tokens: read, cache_write_tokens: written},
			});
		expect(chat(100, 90, 40)).toEqual({...tokens(0, 90, 40, 0, 1), accuracy: 'partial'});
		// The gateway left the reads out of the prompt.
		expect(chat(100, 900, 0)).toEqual({...tokens(100, 900, 0, 0, 1), accuracy: 'partial'});
		expect(usageOf({input_tokens: 1e300, output_tokens: 1})?.uncached).toBe(0);
	});
});

describe('where the usage lies', () => {
	test.each([
		['at the top', {...anthropic, model: 'm', timestamp: at}],
		['in a message', {timestamp: at, message: {id: 'msg_1', model: 'm', usage: anthropic}}],
		['in a batch result', {timestamp: at, result: {type: 'succeeded', message: {model: 'm', usage: anthropic}}}],
		['in a response body', {timestamp: at, response: {status_code: 200, body: {model: 'm', usage: anthropic}}}],
		['in metadata', {timestamp: at, model: 'm', metadata: {usage: anthropic}}],
		['with the model in the request', {timestamp: at, request: {model: 'm'}, response: {usage: anthropic}}],
	])('%s', (_, line) => {
		expect(only(line)).toMatchObject({time: instant, model: 'm', usage: tokens(21, 14_238, 1699, 0, 393)});
	});

	test('not where a conversation is quoted, not deeper than six', () => {
		const quoted = {timestamp: at, messages: [{usage: anthropic}], tools: {usage: anthropic}};
		const deep = {a: {b: {c: {d: {e: {f: {g: {usage: anthropic}}}}}}}};
		const said = {timestamp: at, msg: `she said "see {\\"usage\\": …" {"usage":${JSON.stringify(anthropic)}}`};
		const {requests, tally, recognised} = read([quoted, deep, said]);
		expect(requests).toEqual([]);
		expect(recognised).toBe(false);
		expect(tally.lookAlikes).toBe(3);
	});
});

describe('wrapped lines', () => {
	const inner = JSON.stringify({model: 'm', usage: anthropic});
	test.each([
		['docker', JSON.stringify({log: `${inner}\n`, stream: 'stdout', time: at})],
		['CRI', `${at} stdout F ${inner}`],
		[
			'journald',
			JSON.stringify({
				MESSAGE: [...Buffer.from(`\u001B[2m${inner}\u001B[0m`)],
				__REALTIME_TIMESTAMP: `${instant}456`,
			}),
		],
		['PM2', JSON.stringify({message: `${inner}\n`, timestamp: at, type: 'out', process_id: 0, app_name: 'worker'})],
		['compose around docker’s stamp', `worker-1  | ${at} ${inner}`],
		['a logger’s prefix', JSON.stringify({log: `INFO:root:usage ${inner}\n`, stream: 'stdout', time: at})],
	])('%s', (_, line) => {
		expect(only(line)).toMatchObject({time: instant, model: 'm', usage: {cacheRead: 14_238}});
	});

	test('a line that containerd split is joined, with another stream’s line in between', () => {
		const {requests, tally} = read([
			`${at} stdout P {"padding":"`,
			`${at} stderr F something else`,
			`${at} stdout F ","model":"m","usage":${JSON.stringify(anthropic)}}`,
			`${at} stdout F {"usage":`,
		]);
		expect(requests).toHaveLength(1);
		expect(tally.brokenJson).toBe(0);
	});
});

describe('time', () => {
	test.each([
		['seconds', {created: 1_760_948_130}, 1_760_948_130_000],
		['seconds with a fraction', {ts: 1_760_948_130.123}, instant],
		['milliseconds', {time: instant}, instant],
		['microseconds', {timestamp: instant * 1000 + 456}, instant],
		['nanoseconds in quotes', {timestamp: `${instant}456789`}, instant],
		['ISO with an offset', {'@timestamp': '2025-10-20T10:15:30.123+02:00'}, instant],
		['the line’s own before the response’s', {time: instant, response: {created: 1_760_948_000}}, instant],
		['not a duration', {time: 12.5, created_at: at}, instant],
	])('%s', (_, fields, expected) => {
		expect(only({usage: anthropic, ...fields}).time).toBe(expected);
	});

	test.each(['0001-01-01T00:00:00Z', '0001-01-01 00:00:00', '1900-01-01T00:00:00Z'])(
		'%s is a time that was never set',
		time => {
			expect(only({usage: anthropic, time}).time).toBe(untimed);
			expect(only({usage: anthropic, time, created_at: at}).time).toBe(instant);
		},
	);

	test('a time without a zone is in the zone of the log', () => {
		const twoHoursEast: FormatContext['localTime'] = (...parts) => utc(...parts) - 7_200_000;
		const line = {asctime: '2025-10-20 10:15:30,123', usage: anthropic};
		expect(only(line, {localTime: twoHoursEast}).time).toBe(instant);
	});

	test('a line without any time gets that of the line before', () => {
		const {requests, tally} = read([
			{usage: anthropic},
			{timestamp: at, usage: anthropic},
			{model: 'm', usage: anthropic},
		]);
		expect(requests.map(request => request.time)).toEqual([untimed, instant, instant]);
		expect(tally.untimed).toBe(2);
	});
});

describe('identity', () => {
	test('chunks of a stream and copies of a response are one request, the last one', () => {
		const chunk = (output: number, second: number) => ({
			id: 'chatcmpl-1',
			created: 1_760_948_130 + second,
			usage: {prompt_tokens: 2000, completion_tokens: output, prompt_tokens_details: {cached_tokens: 1920}},
		});
		const {requests, tally} = read([chunk(1, 0), chunk(20, 1), chunk(50, 2), {...chunk(9, 3), id: 'chatcmpl-2'}]);
		expect(requests.map(request => request.usage?.output)).toEqual([50, 9]);
		expect(tally).toMatchObject({outcomes: 2, repeats: 2});
	});

	test('calls of one application request are distinguished by their prompts', () => {
		const line = (input: number, output: number) => ({
			timestamp: new Date(instant + output).toISOString(),
			request_id: '6f1c',
			usage: {input_tokens: input, output_tokens: output},
		});
		expect(read([line(10, 1), line(10, 2), line(11, 3)]).requests.map(request => request.usage?.output)).toEqual([
			2, 3,
		]);
	});

	test('alike lines of one instant are distinct, and the same when read again or wrapped', () => {
		const line = {timestamp: at, id: 7, usage: anthropic};
		const ids = (lines: readonly unknown[]) => read(lines).requests.map(request => request.id);
		const first = ids([line, line, {...line, id: 8}]);
		expect(new Set(first).size).toBe(3);
		expect(ids([line, line, {...line, id: 8}])).toEqual(first);
		expect(
			ids([JSON.stringify({log: `${JSON.stringify(line)}\n`, stream: 'stdout', time: '2025-10-20T09:00:00Z'})]),
		).toEqual(first.slice(0, 1));
	});

	test('a file without times and ids that is read again from its beginning is the same', () => {
		const {session, found} = open();
		const log = Buffer.from(`${JSON.stringify({usage: anthropic})}\n`.repeat(3));
		session.lines(log, true);
		session.lines(log, true);
		expect(found.size).toBe(3);
	});

	test('thread and project', () => {
		expect(
			only({timestamp: at, trace_id: 't', project: 'p', metadata: {session_id: 's'}, usage: anthropic}),
		).toMatchObject({thread: 's', project: 'p'});
	});
});

describe('OpenTelemetry', () => {
	const flat = {
		'gen_ai.operation.name': 'chat',
		'gen_ai.request.model': 'claude-sonnet-4-5',
		'gen_ai.usage.input_tokens': 15_958,
		'gen_ai.usage.cache_read.input_tokens': 14_238,
		'gen_ai.usage.cache_creation.input_tokens': 1699,
		'gen_ai.usage.output_tokens': 393,
		'gen_ai.conversation.id': 'c-1',
	};
	const list = (attributes: Readonly<Record<string, unknown>>) =>
		Object.entries(attributes).map(([key, value]) => ({
			key,
			value: typeof value === 'number' ? {intValue: String(value)} : {stringValue: value},
		}));
	const span = (spanId: string, attributes: Readonly<Record<string, unknown>> = flat, parentSpanId = '') => ({
		traceId: 'AB01',
		spanId,
		parentSpanId,
		endTimeUnixNano: `${instant}456789`,
		attributes: list(attributes),
	});
	const exported = (...spans: readonly object[]) => ({
		resourceSpans: [{resource: {attributes: list({'service.name': 'agent'})}, scopeSpans: [{scope: {}, spans}]}],
	});

	test.each([
		['flat keys', {timestamp: at, 'service.name': 'agent', ...flat}],
		['an object', {end_time: at, resource: {attributes: {'service.name': 'agent'}}, attributes: flat}],
		['a list', {endTimeUnixNano: `${instant}000000`, attributes: list({...flat, 'service.name': 'agent'})}],
		['the OTLP file exporter', exported(span('01'))],
	])('attributes as %s', (_, line) => {
		expect(only(line)).toMatchObject({
			time: instant,
			model: 'claude-sonnet-4-5',
			thread: 'c-1',
			project: 'agent',
			usage: tokens(21, 14_238, 1699, 0, 393),
		});
	});

	test.each([
		['cache_read_input_tokens', 'cache_creation_input_tokens'],
		['cache_read_input_tokens', 'cache_write_input_tokens'],
		['input_tokens.cached', 'input_tokens.cache_write'],
	])('older names %s and %s', (readName, writeName) => {
		const line = {
			timestamp: at,
			'gen_ai.usage.prompt_tokens': 100,
			[`gen_ai.usage.${readName}`]: 60,
			[`gen_ai.usage.${writeName}`]: 30,
		};
		expect(only(line).usage).toEqual(tokens(10, 60, 30, 0, 0));
	});

	test('parts that exceed the input are not in it; without any part, the cache is unknown', () => {
		const line = {timestamp: at, 'gen_ai.usage.input_tokens': 21, 'gen_ai.usage.cache_read_input_tokens': 900};
		expect(only(line).usage).toEqual(tokens(21, 900, 0, 0, 0));
		expect(only({timestamp: at, 'gen_ai.usage.input_tokens': 21}).usage).toMatchObject({
			uncached: 21,
			cacheUnknown: true,
		});
	});

	test('many spans a line: sums of agents and the outer of two watchers do not count', () => {
		const {requests, tally} = read([
			exported(
				span('01', {...flat, 'gen_ai.operation.name': 'invoke_agent'}),
				span('02', {...flat, 'gen_ai.request.model': 'outer'}, '01'),
				span('03', flat, '02'),
				span('04', flat, '01'),
				{traceId: 'AB01', spanId: '05', attributes: 'none'},
			),
			exported(span('03')),
		]);
		expect(requests.map(request => request.id)).toEqual(['usage:ab01:03', 'usage:ab01:04']);
		expect(tally).toMatchObject({outcomes: 2, repeats: 1});
	});

	test('Claude Code’s api_request event counts like Anthropic', () => {
		const event = {
			'event.name': 'api_request',
			'event.timestamp': at,
			'session.id': 's-1',
			model: 'claude-sonnet-4-5',
			input_tokens: 21,
			output_tokens: 393,
			cache_read_tokens: 14_238,
			cache_creation_tokens: 1699,
		};
		const record = {
			traceId: 'ab',
			spanId: '01',
			timeUnixNano: `${instant}000000`,
			body: {stringValue: 'claude_code.api_request'},
			attributes: list(event),
		};
		const line = {
			resourceLogs: [{scopeLogs: [{logRecords: [record, {...record, attributes: list({...event, input_tokens: 5})}]}]}],
		};
		const {requests} = read([line]);
		expect(requests.map(request => request.usage?.uncached)).toEqual([21, 5]);
		expect(requests[0]).toMatchObject({time: instant, thread: 's-1', usage: tokens(21, 14_238, 1699, 0, 393)});
	});
});

describe('what is not taken', () => {
	test.each([
		['a Claude Code transcript', {type: 'assistant', sessionId: 's', uuid: 'u', message: {id: 'm', usage: anthropic}}],
		[
			'a Codex rollout',
			{
				timestamp: at,
				type: 'event_msg',
				payload: {type: 'token_count', info: {last_token_usage: anthropic}, ...anthropic},
			},
		],
		[
			'a Gemini CLI message',
			{id: 'm', type: 'gemini', model: 'gemini-2.5-pro', tokens: {input: 9, cached: 2, output: 1}},
		],
		['embeddings', {object: 'list', usage: {prompt_tokens: 8, total_tokens: 8}}],
		['a counted prompt', {input_tokens: 2095}],
		['totals of a session', {total_input_tokens: 20_950, total_output_tokens: 10}],
		['a failed call', {model: 'm', status: 'error', usage: {input_tokens: 0, output_tokens: 0}}],
		['plain text', 'prompt_tokens are counted as input_tokens'],
		['usage that is no object', {usage: [1], prompt_tokens: 'many'}],
	])('%s', (_, line) => {
		const {requests, recognised} = read([line]);
		expect(recognised).toBe(false);
		expect(requests).toEqual([]);
	});

	test('AgentPress’ own lines are not recognised by this, and read', () => {
		const line = {event: "💰 [ResponseProcessor] Usage data for billing: {'prompt_tokens': 9}", timestamp: at};
		const {requests, recognised} = read([line]);
		expect(recognised).toBe(false);
		expect(requests.map(({id}) => id.split(':')[0])).toEqual(['agentpress']);
	});

	test('broken and hostile lines are counted, not thrown', () => {
		const {requests, tally} = read([
			'{"usage":{"input_tokens":1',
			`{"input_tokens":${'['.repeat(60_000)}`,
			`{"usage":${'{"usage":'.repeat(5000)}{"input_tokens":1,"output_tokens":1}${'}'.repeat(5001)}`,
			`{"resourceSpans":[null,{"scopeSpans":[null,{"spans":[null,3]}]}],"a":"input_tokens"}`,
			`{"MESSAGE":null,"x":"input_tokens"}`,
			{timestamp: at, usage: anthropic},
		]);
		expect(requests).toHaveLength(1);
		expect(tally).toMatchObject({brokenJson: 1, withoutMessage: 1, outcomes: 1});
	});

	test('lines may come in pieces', () => {
		const {session, found} = open();
		for (let index = 0; index < 5; index++) {
			session.lines(
				Buffer.from(`noise\n${JSON.stringify({timestamp: at, usage: {...anthropic, output_tokens: index}})}\n`),
				false,
			);
		}
		expect(found.size).toBe(5);
	});
});

test.each([
	['by the response', {prompt_cache_retention: '24h'}, {}, '24h'],
	['by its options', {prompt_cache_options: {ttl: '30m'}}, {}, '30m'],
	["by the gateway's parameters", {}, {model_parameters: {prompt_cache_retention: '24h'}}, '24h'],
	['nowhere', {prompt_cache_retention: null}, {}, undefined],
])('how long the cache is kept is told %s', (_, response, line, lifetime) => {
	const usage = {input_tokens: 3000, input_tokens_details: {cached_tokens: 0}, output_tokens: 5};
	const request = only({timestamp: at, response: {id: 'resp_1', model: 'gpt-5.1', ...response, usage}, ...line});
	expect(request.settings?.cacheLifetime).toBe(lifetime);
});

test('a model next to the object with the usage', () => {
	const line =
		'{"fields":{"usage":{"input_tokens":10,"cache_read_input_tokens":9000}},"span":{"model":"claude-sonnet-4-5"}}';
	expect(readLines(usageLines, [line]).requests[0]?.model).toBe('claude-sonnet-4-5');
});

test.each(['"9999-12-31T23:59:59Z"', '"0001-01-01T00:00:00Z"', '253402300799000', '{"seconds":9999999999}'])(
	'%s is a placeholder and no time: another of the line serves, or none',
	time => {
		const line = (created: string) =>
			`{"time":${time}${created},"usage":{"input_tokens":10,"cache_read_input_tokens":9000,"output_tokens":5}}`;
		const {requests} = readLines(usageLines, [line(''), line(',"created":1795773600')]);
		expect(requests.map(({time: at}) => at)).toEqual([untimed, Date.UTC(2026, 10, 27, 10)]);
	},
);

describe('a usage that sums up the calls of a run', () => {
	const run = (requests: number | null, second: number) => ({
		time: `2026-11-27T10:00:0${second}Z`,
		session_id: 's',
		usage: {requests, input_tokens: 9510, input_tokens_details: {cached_tokens: 9000}, output_tokens: 50},
	});
	const one = {uncached: 510, cacheRead: 9000, cacheWrite5m: 0, cacheWrite1h: 0, output: 50};

	test('is a sum and no request, and goes on in another process', () => {
		const {requests, session} = readLines(usageLines, [run(3, 1), run(3, 2), run(2, 5)]);
		expect(requests).toEqual([]);
		expect(session.sums).toMatchObject([{thread: 's', requests: 8, tokens: {cacheRead: 27_000}}]);
		const again = usageLines.open(formatContext(), JSON.parse(JSON.stringify(session.save())));
		again.lines(Buffer.from(logOf([run(4, 9)])), false);
		expect(again.sums).toMatchObject([{thread: 's', requests: 12}]);
	});

	test('of one call is that call, also between lines alike', () => {
		const {requests, session} = readLines(
			usageLines,
			[1, 2, 3, 4, 5, 6].map(second => run(second === 6 ? 2 : 1, second)),
		);
		expect(requests.map(({usage}) => usage)).toMatchObject(Array.from({length: 5}, () => one));
		expect(session.sums).toMatchObject([{requests: 2, tokens: one}]);
	});

	test('is one behind lines that leave their number open', () => {
		const lines = [1, 2, 3, 4, 5].map(second => run(second === 5 ? 2 : null, second));
		const {requests, session} = readLines(usageLines, lines);
		expect(requests).toHaveLength(4);
		expect(session.sums).toMatchObject([{requests: 2, tokens: one}]);
	});

	test.each([1e308, 2.5])('of %d calls is a sum of an unknown number', count => {
		const {requests, session} = readLines(usageLines, [run(count, 1)]);
		expect(requests).toEqual([]);
		expect(session.sums).toMatchObject([{requests: undefined, tokens: one}]);
	});

	test.each(['ratelimit', 'rate_limits', 'limits', 'quota', 'token_budget'])('what %s tells is none', name => {
		const {requests, session} = readLines(usageLines, [
			{time: '2026-11-27T10:00:00Z', [name]: {requests: 50, input_tokens: 40_000, output_tokens: 8000}},
		]);
		expect([...requests, ...(session.sums ?? [])]).toEqual([]);
	});

	test('of Gemini CLI as it prints it', () => {
		const stats = {
			models: {
				'gemini-2.5-pro': {
					api: {totalRequests: 2, totalErrors: 0},
					tokens: {prompt: 9510, candidates: 50, total: 9560, cached: 9000, thoughts: 0},
				},
				'gemini-2.5-flash': {api: {totalRequests: 3}, tokens: {prompt: 100, candidates: 5, total: 105, cached: 0}},
			},
		};
		const {requests, session} = readLines(usageLines, [{session_id: 's', response: 'x', stats}]);
		expect(requests).toEqual([]);
		expect(session.sums).toMatchObject([{requests: 5, tokens: {uncached: 610, cacheRead: 9000, output: 55}}]);
	});

	test('of a bounded number of models, beside which the members of a line are repeated', () => {
		const model = (index: number) => ({
			api: {totalRequests: 2},
			tokens: {prompt: 100 + index, candidates: 5, cached: 9},
		});
		const models = Object.fromEntries(Array.from({length: 500}, (_, index) => [`gemini-${index}`, model(index)]));
		const {session} = readLines(usageLines, [{session_id: 's', stats: {models}}]);
		expect(session.sums).toMatchObject([{requests: 100}]);
	});
});
