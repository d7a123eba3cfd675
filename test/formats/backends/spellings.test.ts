import {expect, test} from 'vitest';
import {usageLines} from '../../../source/formats/backends/usage-lines/usage-lines.js';
import type {Request} from '../../../source/request.js';
import {readLines} from '../reading.js';

const usage = '{"input_tokens":10,"cache_creation_input_tokens":500,"cache_read_input_tokens":9000,"output_tokens":50}';
const time = '2026-11-27T10:00:00.000Z';
const epoch = 1_795_773_600;

const told = (log: string): readonly Request[] => {
	expect(usageLines.recognise(Buffer.from(`${log}\n`))).toBe(true);
	return readLines(usageLines, [log]).requests;
};

/** Lines that tell the same call at the same time. */
const spellings: Readonly<Record<string, string>> = {
	'groups of slog':
		'time=2026-11-27T10:00:00.000Z level=INFO msg=done usage.input_tokens=10 usage.cache_creation_input_tokens=500 usage.cache_read_input_tokens=9000 usage.output_tokens=50',
	'a flat path': `{"timestamp":"${time}","llm.usage.input_tokens":10,"llm.usage.cache_creation_input_tokens":500,"llm.usage.cache_read_input_tokens":9000,"llm.usage.output_tokens":50}`,
	'names with a prefix': `{"timestamp":"${time}","usage_input_tokens":10,"usage_cache_creation_input_tokens":500,"usage_cache_read_input_tokens":9000,"usage_output_tokens":50}`,
	'names with hyphens': `{"timestamp":"${time}","usage":{"input-tokens":10,"cache-creation-input-tokens":500,"cache-read-input-tokens":9000,"output-tokens":50}}`,
	'short names': `{"timestamp":"${time}","model":"claude-sonnet-4-5","tokens":{"input":10,"output":50,"cache_read":9000,"cache_write":500}}`,
	'what PHP exports': `[2026-11-27 10:00:00] usage array (\n  'input_tokens' => 10,\n  'cache_creation_input_tokens' => 500,\n  'cache_read_input_tokens' => 9000,\n  'output_tokens' => 50,\n)`,
	'what PHP prints': `[2026-11-27 10:00:00] local.INFO: usage Array\n(\n    [input_tokens] => 10\n    [cache_creation_input_tokens] => 500\n    [cache_read_input_tokens] => 9000\n    [output_tokens] => 50\n)`,
	'what PHP prints, line by line inside docker': [
		'Array',
		'(',
		'    [input_tokens] => 10',
		'    [cache_creation_input_tokens] => 500',
		'    [cache_read_input_tokens] => 9000',
		'    [output_tokens] => 50',
		')',
	]
		.map(line => JSON.stringify({log: `${line}\n`, stream: 'stdout', time}))
		.join('\n'),
	'what PHP dumps': `[2026-11-27 10:00:00] array(4) {\n  ["input_tokens"]=>\n  int(10)\n  ["cache_creation_input_tokens"]=>\n  int(500)\n  ["cache_read_input_tokens"]=>\n  int(9000)\n  ["output_tokens"]=>\n  int(50)\n}`,
	'what Go prints of the SDK, with the raw text of each member':
		'2026/11/27 10:00:00 usage {CacheCreationInputTokens:500 CacheReadInputTokens:9000 InferenceGeo: InputTokens:10 OutputTokens:50 JSON:{InputTokens:{status:2 raw:10} ExtraFields:map[] raw:{"input_tokens":10,"output_tokens":50}}}',
	"what Go's exporter of spans writes": JSON.stringify({
		SpanContext: {TraceID: 'aa', SpanID: 'bb'},
		StartTime: '2026-11-27T09:59:58Z',
		EndTime: time,
		Attributes: [
			{Key: 'gen_ai.usage.input_tokens', Value: {Type: 'INT64', Value: 9510}},
			{Key: 'gen_ai.usage.cache_read.input_tokens', Value: {Type: 'INT64', Value: 9000}},
			{Key: 'gen_ai.usage.cache_creation.input_tokens', Value: {Type: 'INT64', Value: 500}},
			{Key: 'gen_ai.usage.output_tokens', Value: {Type: 'INT64', Value: 50}},
		],
	}),
	'OTLP in snake case': JSON.stringify({
		resource_spans: [
			{
				scope_spans: [
					{
						spans: [
							{
								trace_id: 'aa',
								span_id: 'bb',
								end_time_unix_nano: `${epoch}000000000`,
								attributes: [
									{key: 'gen_ai.usage.input_tokens', value: {int_value: '9510'}},
									{key: 'gen_ai.usage.cache_read.input_tokens', value: {int_value: '9000'}},
									{key: 'gen_ai.usage.cache_creation.input_tokens', value: {int_value: '500'}},
									{key: 'gen_ai.usage.output_tokens', value: {int_value: '50'}},
								],
							},
						],
					},
				],
			},
		],
	}),
	'a span of Jaeger': JSON.stringify({
		data: [
			{
				traceID: 'aa',
				spans: [
					{
						traceID: 'aa',
						spanID: 'bb',
						startTime: epoch * 1e6,
						tags: [
							{key: 'gen_ai.usage.input_tokens', type: 'int64', value: 9510},
							{key: 'gen_ai.usage.cache_read.input_tokens', type: 'int64', value: 9000},
							{key: 'gen_ai.usage.cache_creation.input_tokens', type: 'int64', value: 500},
							{key: 'gen_ai.usage.output_tokens', type: 'int64', value: 50},
						],
					},
				],
			},
		],
	}),
	"what Java's logging exporter of spans writes":
		"2026-11-27 10:00:00 INFO io.opentelemetry.exporter.logging.LoggingSpanExporter - 'chat claude' : aa11 bb22 CLIENT [tracer: x:1] AttributesMap{data={gen_ai.operation.name=chat, gen_ai.usage.input_tokens=9510, gen_ai.usage.cache_read.input_tokens=9000, gen_ai.usage.cache_creation.input_tokens=500, gen_ai.usage.output_tokens=50}, capacity=128, totalAddedValues=5}",
	'a log record of OTLP whose body is a map': JSON.stringify({
		resourceLogs: [
			{
				scopeLogs: [
					{
						logRecords: [
							{
								timeUnixNano: `${epoch}000000000`,
								body: {
									kvlistValue: {
										values: [
											{key: 'model', value: {stringValue: 'claude-sonnet-4-5'}},
											{
												key: 'usage',
												value: {
													kvlistValue: {
														values: Object.entries(JSON.parse(usage)).map(([key, count]) => ({
															key,
															value: {intValue: String(count)},
														})),
													},
												},
											},
										],
									},
								},
							},
						],
					},
				],
			},
		],
	}),
	'a log as Datadog exports it': JSON.stringify({
		id: 'AZ',
		content: {timestamp: time, service: 'api', message: 'done', attributes: {usage: JSON.parse(usage)}},
	}),
	'a log in an archive of Datadog': JSON.stringify({
		_id: 'AZ',
		date: time,
		message: 'done',
		attributes: {usage: JSON.parse(usage)},
		tags: ['env:prod'],
	}),
	'a table of Azure Monitor': JSON.stringify({
		tables: [
			{
				name: 'PrimaryResult',
				columns: [
					{name: 'TimeGenerated', type: 'datetime'},
					{name: 'LogEntry', type: 'string'},
				],
				rows: [[time, `{"usage":${usage}}`]],
			},
		],
	}),
	'a table of ClickHouse': `{"meta":[{"name":"time"},{"name":"usage"}],"data":[["${time}",${usage}]],"rows":1}`,
	"what Fluent Bit's output to a terminal writes": `[0] app: [[${epoch}.000000000, {}], {"stream"=>"stdout", "log"=>"{\\"usage\\":${usage.replaceAll('"', '\\"')}}"}]`,
	'what Python prints of a response, with its time':
		"ModelResponse(usage=RequestUsage(input_tokens=9510, cache_write_tokens=500, cache_read_tokens=9000, output_tokens=50), model_name='claude-sonnet-4-5', timestamp=datetime.datetime(2026, 11, 27, 10, 0, tzinfo=datetime.timezone.utc))",
	'what Swift prints':
		'2026-11-27 10:00:00.000 INFO Usage(inputTokens: 10, outputTokens: 50, cacheCreationInputTokens: Optional(500), cacheReadInputTokens: Optional(9000))',
	'what Clojure prints':
		'2026-11-27T10:00:00.000Z INFO usage {:input_tokens 10, :cache_creation_input_tokens 500, :cache_read_input_tokens 9000, :output_tokens 50}',
	'bytes as Python prints them': `2026-11-27 10:00:00,000 DEBUG httpx response b'{"usage":${usage}}'`,
	'a line in a list of Loki': JSON.stringify({
		data: {result: [{stream: {app: 'x'}, values: [[`${epoch}000000000`, `{"usage":${usage}}`]]}]},
	}),
	"a message of Cloudflare's Workers": JSON.stringify({
		eventTimestamp: epoch * 1000,
		logs: [{level: 'log', message: ['usage', JSON.parse(usage)]}],
	}),
	'a time of nginx': `{"time_iso8601":"${time}","resp_body":${JSON.stringify(usage)}}`,
	'a time of the common log format': `{"time_local":"27/Nov/2026:10:00:00 +0000","resp_body":${JSON.stringify(usage)}}`,
	'a time in milliseconds, by its name': `{"timestampInMs":${epoch}000,"usage":${usage}}`,
	'a time in nanoseconds, by its name': `{"time_ns":${epoch}000000000,"usage":${usage}}`,
	'a time without seconds': `{"timestamp":"2026-11-27T10:00Z","usage":${usage}}`,
	'a time of Kibana': `{"@timestamp":"Nov 27, 2026 @ 10:00:00.000","usage":${usage}}`,
	'a time with half a day': `{"timestamp":"11/27/2026 10:00:00 AM","usage":${usage}}`,
	'a time of protobuf': `{"timestamp":{"seconds":${epoch},"nanos":0},"usage":${usage}}`,
	'a time of Log4j': `{"instant":{"epochSecond":${epoch},"nanoOfSecond":0},"message":${JSON.stringify(`{"usage":${usage}}`)}}`,
	"a time of Kafka's console": `CreateTime:${epoch}000\tkey\t{"usage":${usage}}`,
	"numbers as MongoDB's export types them": `{"createdAt":{"$date":"${time}"},"usage":${usage.replaceAll(/:(\d+)/g, ':{"$numberLong":"$1"}')}}`,
	'digits in groups': `${time} usage input_tokens=10 cache_creation_input_tokens=500 cache_read_input_tokens=9_000 output_tokens=50`,
	'a time of Better Stack': `{"dt":"${time}","usage":${usage}}`,
	"an item of Sentry's spans": JSON.stringify({
		items: [
			{
				trace_id: 'aa',
				span_id: 'bb',
				end_timestamp: epoch,
				attributes: Object.fromEntries(
					Object.entries({
						'gen_ai.usage.input_tokens': 9510,
						'gen_ai.usage.input_tokens.cached': 9000,
						'gen_ai.usage.input_tokens.cache_write': 500,
						'gen_ai.usage.output_tokens': 50,
					}).map(([key, value]) => [key, {type: 'integer', value}]),
				),
			},
		],
	}),
	"a provider's usage flat beside Opik's": JSON.stringify({
		end_time: time,
		model: 'claude-sonnet-4-5',
		usage: {
			prompt_tokens: 10,
			completion_tokens: 50,
			total_tokens: 60,
			...Object.fromEntries(Object.entries(JSON.parse(usage)).map(([key, count]) => [`original_usage.${key}`, count])),
		},
	}),
	'JSON that was encoded twice': JSON.stringify(`{"time":"${time}","usage":${usage}}`),
	'a line of Ray': `(worker pid=12, ip=10.0.0.1) 2026-11-27 10:00:00,000 INFO usage ${usage}`,
	'a time of Firestore': `{"createdAt":{"_seconds":${epoch},"_nanoseconds":0},"usage":${usage}}`,
};

test.each(Object.entries(spellings))('%s', (_, log) => {
	const requests = told(log);
	expect(requests.map(({time: at}) => new Date(at).toISOString())).toEqual([time]);
	expect(requests[0]?.usage).toMatchObject({
		uncached: 10,
		cacheRead: 9000,
		cacheWrite5m: 500,
		cacheWrite1h: 0,
		output: 50,
	});
});

test('noon and midnight are hours of their own', () => {
	const at = (clock: string) => told(`{"timestamp":"11/27/2026, ${clock}","usage":${usage}}`)[0]?.time;
	expect(['12:05:00 AM', '12:05:00 PM', '1:05:00 PM'].map(clock => new Date(at(clock) ?? 0).toISOString())).toEqual([
		'2026-11-27T00:05:00.000Z',
		'2026-11-27T12:05:00.000Z',
		'2026-11-27T13:05:00.000Z',
	]);
});

test('objects that follow each other without a line end are each read', () => {
	const log = [0, 1, 2].map(minute => `{"timestamp":"2026-11-27T10:0${minute}:00Z","usage":${usage}}`);
	expect(told(log.join(''))).toHaveLength(3);
	expect(told(log.join(', '))).toHaveLength(3);
	expect(told(log.map(line => `[${line}]`).join(''))).toHaveLength(3);
	expect(told(`app.INFO: {"user":1} ${log[0]}`)).toHaveLength(1);
	expect(told(`${log[0]} {"broken": }`)).toHaveLength(1);
});

test('an attribute on a line of its own is no call', () => {
	const bytes = Buffer.from(
		'     -> gen_ai.usage.input_tokens: Int(9510)\n     -> gen_ai.usage.output_tokens: Int(50)\n',
	);
	expect(usageLines.recognise(bytes)).toBe(false);
});

test('what sums up a session is no call, however flat it is written', () => {
	expect(
		told(`{"timestamp":"${time}","usage":${usage},"session_usage.input_tokens":99,"session_usage.output_tokens":9}`),
	).toHaveLength(1);
});

test('the response beside a usage of the AI SDK names the call', () => {
	const line = (id: string) =>
		`{"msg":"finish","usage":${usage},"response":{"id":"${id}","modelId":"claude-sonnet-4-5","timestamp":"${time}"}}`;
	const requests = told([line('msg_1'), line('msg_1'), line('msg_2')].join('\n'));
	expect(requests).toHaveLength(2);
	expect(requests[0]).toMatchObject({model: 'claude-sonnet-4-5', time: epoch * 1000});
});

test.each(['ctx', 'context', 'extra', 'span', 'mdc', 'contextMap', 'labels', 'metadata'])(
	'the conversation under %s',
	holder => {
		const requests = told(`{"time":"${time}","${holder}":{"sessionId":"s-1"},"usage":${usage}}`);
		expect(requests[0]?.thread).toBe('s-1');
	},
);

test('the metrics of a run by CrewAI are a sum', () => {
	const log =
		'INFO token_usage=UsageMetrics(total_tokens=9560, prompt_tokens=9510, cached_prompt_tokens=9000, completion_tokens=50, successful_requests=4)';
	const {requests, session} = readLines(usageLines, [log]);
	expect(requests).toEqual([]);
	expect(session.sums).toMatchObject([{requests: 4, tokens: {uncached: 510, cacheRead: 9000, output: 50}}]);
});

test('the steps of a run by the AI SDK are calls, also where each was logged before', () => {
	const step = (second: number) => ({
		stepNumber: second,
		finishReason: 'stop',
		usage: {
			inputTokens: 9510,
			inputTokenDetails: {noCacheTokens: 10, cacheReadTokens: 9000, cacheWriteTokens: 500},
			outputTokens: 50,
		},
		response: {id: `msg_${second}`, modelId: 'claude-sonnet-4-5', timestamp: `2026-11-27T10:00:0${second}.000Z`},
	});
	const steps = [step(0), step(1)];
	const totalUsage = {inputTokens: 19_020, outputTokens: 100};
	const end = {time: '2026-11-27T10:00:09Z', chat_id: 'c-1', usage: steps[1]?.usage, totalUsage, steps};
	const before = steps.map(one => ({time: one.response.timestamp, chat_id: 'c-1', ...one}));
	for (const lines of [[end], [...before, end], [{time: end.time, result: end}]]) {
		const requests = told(lines.map(line => JSON.stringify(line)).join('\n'));
		expect(requests.map(({time: at}) => at)).toEqual([epoch * 1000, epoch * 1000 + 1000]);
		expect(requests[1]).toMatchObject({model: 'claude-sonnet-4-5', usage: {uncached: 10, cacheRead: 9000}});
	}
});

test('every step of a long run is a call', () => {
	const steps = Array.from({length: 300}, (_, index) => ({
		finishReason: 'tool-calls',
		usage: {
			inputTokens: 9510,
			inputTokenDetails: {cacheReadTokens: 9000, cacheWriteTokens: 0},
			outputTokens: index + 1,
		},
		response: {id: `msg_${index}`, timestamp: new Date((epoch + index) * 1000).toISOString()},
	}));
	const requests = told(
		JSON.stringify({time: '2026-11-27T11:00:00Z', chat_id: 'c-1', usage: steps[299]?.usage, steps}),
	);
	expect(requests.map(({usage}) => usage?.output)).toEqual(steps.map((_, index) => index + 1));
});

test('the usage in the choice of a stream’s last chunk', () => {
	const counts = {prompt_tokens: 9510, completion_tokens: 50, total_tokens: 9560, cached_tokens: 9000};
	const chunk = {id: 'x', created: epoch, choices: [{index: 0, delta: {}, finish_reason: 'stop', usage: counts}]};
	expect(told(`data: ${JSON.stringify(chunk)}`)).toMatchObject([{usage: {uncached: 510, cacheRead: 9000, output: 50}}]);
	// In an answer that quotes one, the text alone says nothing.
	const quoting = {id: 'y', created: epoch, choices: [{message: {content: JSON.stringify({usage: counts})}}]};
	expect(readLines(usageLines, [quoting]).requests).toEqual([]);
});

test('the result of a run by the Claude Agent SDK, as Python prints it, is one partial request', () => {
	const log = `2026-11-27 10:00:00,000 INFO ResultMessage(subtype='success', duration_ms=5000, duration_api_ms=4000, is_error=False, num_turns=4, session_id='s-1', total_cost_usd=0.05, usage=${usage.replaceAll('"', "'")}, result='ok')`;
	expect(told(log)).toMatchObject([{thread: 's-1', usage: {cacheRead: 9000, accuracy: 'partial'}}]);
});

test('the metrics of an agent of Strands are a sum, unless it made one call', () => {
	const metrics = (cycles: number) =>
		JSON.stringify({
			time,
			cycle_count: cycles,
			accumulated_usage: {inputTokens: 10, outputTokens: 50, cacheReadInputTokens: 9000, cacheWriteInputTokens: 500},
		});
	expect(told(metrics(1))).toHaveLength(1);
	const {requests, session} = readLines(usageLines, [metrics(3)]);
	expect(requests).toEqual([]);
	expect(session.sums).toMatchObject([{requests: 3, tokens: {uncached: 10, cacheRead: 9000}}]);
});
