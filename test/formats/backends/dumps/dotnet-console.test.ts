import {expect, test} from 'vitest';
import {dotnetConsole} from '../../../../source/formats/backends/dumps/dotnet-console.js';
import {formats} from '../../../../source/formats/table.js';
import {formatContext, readLines} from '../../reading.js';

const span = (id: string, start: string, tags: readonly string[] = []) =>
	`Activity.TraceId:            095bb3e37e547e91d8e0e66625e54cad
Activity.SpanId:             ${id}
Activity.TraceFlags:         Recorded
Activity.ParentSpanId:       8000000000000001
Activity.DisplayName:        chat claude-sonnet-4-5
Activity.Kind:               Client
Activity.StartTime:          ${start}
Activity.Duration:           00:00:01.8701571
Activity.Tags:
    gen_ai.operation.name: chat
    gen_ai.request.model: claude-sonnet-4-5
    gen_ai.conversation.id: c-1
    gen_ai.usage.input_tokens: 9510
    gen_ai.usage.output_tokens: 50
    gen_ai.usage.cache_read.input_tokens: 9000
    gen_ai.usage.cache_creation.input_tokens: 500${tags.map(tag => `\n    ${tag}`).join('')}
Activity.Events:
    gen_ai.choice [11/27/2026 10:00:00 +00:00]
        gen_ai.usage.input_tokens: 1
Instrumentation scope (ActivitySource):
    Name: Experimental.Microsoft.Extensions.AI
Resource associated with Activity:
    service.name: shop
    telemetry.sdk.language: dotnet
`.split('\n');

const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};
const log = [
	...span('aa11aa11aa11aa11', '2026-11-27T09:59:58.1298429Z'),
	'info: Microsoft.Hosting.Lifetime[14]',
	...span('bb22bb22bb22bb22', '2026-11-27T10:00:58.1298429Z'),
];

test('spans, with their ends', () => {
	expect(formats.find(format => format.recognise(Buffer.from(log.join('\n'))))?.name).toBe('dotnet-console');
	expect(readLines(dotnetConsole, log).requests).toMatchObject([
		{
			usage: all,
			model: 'claude-sonnet-4-5',
			thread: 'c-1',
			project: 'shop',
			start: Date.UTC(2026, 10, 27, 9, 59, 58, 129),
			time: Date.UTC(2026, 10, 27, 10),
		},
		{usage: all, time: Date.UTC(2026, 10, 27, 10, 1)},
	]);
});

test('inside of compose, and with lines of others between', () => {
	const inner = log.map(line => `api-1  | ${line}`);
	expect(readLines(dotnetConsole, inner).requests).toHaveLength(2);
	const usage = {input_tokens: 10, cache_read_input_tokens: 9000, output_tokens: 5};
	const other = {time: '2026-11-27T10:05:00Z', usage};
	expect(readLines(dotnetConsole, [...log, JSON.stringify(other)]).requests).toHaveLength(3);
});

test('a span that sums up others is none', () => {
	const agent = span('cc33cc33cc33cc33', '2026-11-27T10:00:58Z').map(line =>
		line.replace('name: chat', 'name: invoke_agent'),
	);
	expect(readLines(dotnetConsole, agent).requests).toEqual([]);
});

test('a log record, with its attributes', () => {
	const record = `LogRecord.Timestamp:               2026-11-27T10:00:00.0000000Z
LogRecord.CategoryName:            Llm
LogRecord.Severity:                Info
LogRecord.FormattedMessage:        done
LogRecord.Attributes (Key:Value):
    Model: claude-sonnet-4-5
    InputTokens: 10
    CacheReadInputTokens: 9000
    CacheCreationInputTokens: 500
    OutputTokens: 50
    OriginalFormat (a.k.a Body): done

Resource associated with LogRecord:
service.name: shop
`.split('\n');
	const told = {usage: all, model: 'claude-sonnet-4-5', project: 'shop', time: Date.UTC(2026, 10, 27, 10)};
	expect(readLines(dotnetConsole, record).requests).toMatchObject([told]);
	// The last one is known before it ends.
	const {session} = readLines(dotnetConsole, record.slice(0, -1));
	expect(session.provisional()).toMatchObject([told]);
});

test('a session that goes on completes what another began', () => {
	const half = log.slice(0, 12);
	const {session} = readLines(dotnetConsole, half);
	const found: unknown[] = [];
	const next = dotnetConsole.open(
		formatContext({onRequest: request => found.push(request.usage)}),
		JSON.parse(JSON.stringify(session.save())),
	);
	next.lines(Buffer.from(`${log.slice(12).join('\n')}\n`), false);
	expect(found).toMatchObject([all, all]);
});
