import {expect, test} from 'vitest';
import {collectorDebug} from '../../../../source/formats/backends/dumps/collector-debug.js';
import {formats} from '../../../../source/formats/table.js';
import {formatContext, readLines} from '../../reading.js';

const span = (id: string, end: string) => `Span #0
    Trace ID       : 5b8aa5a2d2c872e8321cf37308d69df2
    Parent ID      : 
    ID             : ${id}
    Name           : chat claude
    Kind           : Client
    Start time     : 2026-11-27 09:59:58 +0000 UTC
    End time       : ${end} +0000 UTC
    Status code    : Unset
Attributes:
     -> gen_ai.operation.name: Str(chat)
     -> gen_ai.request.model: Str(claude-sonnet-4-5)
     -> gen_ai.usage.input_tokens: Int(9510)
     -> gen_ai.usage.output_tokens: Int(50)
     -> gen_ai.usage.cache_read.input_tokens: Int(9000)
     -> gen_ai.usage.cache_creation.input_tokens: Int(500)
     -> gen_ai.prompt: Str({"role":"user"})
Events:
SpanEvent #0
     -> Name: gen_ai.choice
     -> Timestamp: 2026-11-27 10:00:00 +0000 UTC
     -> gen_ai.usage.input_tokens: Int(1)`;

const group = `2026-11-27T10:00:02.000Z	info	ResourceSpans #0
Resource SchemaURL: 
Resource attributes:
     -> service.name: Str(shop)
ScopeSpans #0
ScopeSpans SchemaURL: 
InstrumentationScope openai 1.0`;

const spans = [group, span('aa', '2026-11-27 10:00:00'), span('bb', '2026-11-27 10:01:00.5')].join('\n').split('\n');
const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};

const times = (lines: readonly string[]) =>
	readLines(collectorDebug, lines).requests.map(({time}) => new Date(time).toISOString());

test('spans, each with its group', () => {
	const log = [...spans, '	{"kind": "exporter", "data_type": "traces", "name": "debug"}'];
	expect(formats.find(format => format.recognise(Buffer.from(log.join('\n'))))?.name).toBe('collector-debug');
	const {requests} = readLines(collectorDebug, log);
	expect(requests).toMatchObject([
		{usage: all, model: 'claude-sonnet-4-5', project: 'shop', time: Date.UTC(2026, 10, 27, 10)},
		{usage: all, time: Date.UTC(2026, 10, 27, 10, 1, 0, 500)},
	]);
	expect(times(log.map(line => `otel-1  | ${line}`))).toEqual(times(log));
});

test('a log record of Claude Code', () => {
	const {requests} = readLines(collectorDebug, [
		'ResourceLog #0',
		'Resource attributes:',
		'     -> service.name: Str(claude-code)',
		'ScopeLogs #0',
		'LogRecord #0',
		'ObservedTimestamp: 2026-11-27 10:00:00.1 +0000 UTC',
		'Timestamp: 2026-11-27 10:00:00 +0000 UTC',
		'Body: Str(claude_code.api_request)',
		'Attributes:',
		'     -> session.id: Str(s1)',
		'     -> model: Str(claude-sonnet-4-5)',
		'     -> input_tokens: Str(10)',
		'     -> output_tokens: Str(50)',
		'     -> cache_read_tokens: Str(9000)',
		'     -> cache_creation_tokens: Str(500)',
		'Trace ID: ',
		'Flags: 0',
		'	{"otelcol.component.id": "debug"}',
	]);
	expect(requests).toMatchObject([{usage: all, thread: 's1', time: Date.UTC(2026, 10, 27, 10)}]);
});

test('the last record counts as it stands, and once when its end comes', () => {
	const found = new Set<string>();
	const session = collectorDebug.open(formatContext({onRequest: ({id}) => found.add(id)}));
	session.lines(Buffer.from(`${spans.join('\n')}\n`), true);
	const [pending] = session.provisional();
	expect(found.size).toBe(1);
	const later = collectorDebug.open(
		formatContext({onRequest: ({id}) => found.add(id)}),
		JSON.parse(JSON.stringify(session.save())),
	);
	later.lines(Buffer.from('	{"kind": "exporter"}\n'), false);
	expect(found.size).toBe(2);
	expect(found).toContain(pending?.id);
});

test('the lines of another container between them are read for themselves', () => {
	const line =
		'{"time":"2026-11-27T09:00:00Z","usage":{"input_tokens":10,"cache_read_input_tokens":9000,"cache_creation_input_tokens":500,"output_tokens":50}}';
	const half = Math.floor(spans.length / 2);
	const {requests, session} = readLines(collectorDebug, [...spans.slice(0, half), line, ...spans.slice(half)]);
	expect([...requests, ...session.provisional()]).toMatchObject([{usage: all}, {usage: all}, {usage: all}]);
});
