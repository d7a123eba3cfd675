import {expect, test} from 'vitest';
import {parseBlockYaml} from '../../../../source/formats/backends/dumps/block-yaml.js';
import {gcloudYaml} from '../../../../source/formats/backends/dumps/gcloud-yaml.js';
import {formats} from '../../../../source/formats/table.js';
import {formatContext, readLines} from '../../reading.js';

const entries = `---
insertId: 6567abc
jsonPayload:
  message: 'it''s done'
  model: claude-sonnet-4-5
  tools:
  - name: a
  usage:
    cache_creation_input_tokens: 500
    cache_read_input_tokens: 9000
    input_tokens: 10
    output_tokens: 50
logName: projects/p/logs/run.googleapis.com%2Fstdout
receiveTimestamp: '2026-11-27T10:00:00.500Z'
timestamp: '2026-11-27T10:00:00Z'
---
insertId: 6567abd
logName: projects/p/logs/run.googleapis.com%2Fstdout
textPayload: '{"model": "claude-sonnet-4-5", "usage": {"input_tokens": 10, "cache_creation_input_tokens":
  500, "cache_read_input_tokens": 9000, "output_tokens": 50}}'
timestamp: '2026-11-27T10:01:00Z'`;

const all = {uncached: 10, cacheRead: 9000, cacheWrite5m: 500, cacheWrite1h: 0, output: 50};

test('entries, of which the last one counts as it stands', () => {
	expect(formats.find(format => format.recognise(Buffer.from(entries)))?.name).toBe('gcloud-yaml');
	const {requests, session} = readLines(gcloudYaml, entries.split('\n'));
	expect([...requests, ...session.provisional()]).toMatchObject([
		{usage: all, model: 'claude-sonnet-4-5', time: Date.UTC(2026, 10, 27, 10)},
		{usage: all, model: 'claude-sonnet-4-5', time: Date.UTC(2026, 10, 27, 10, 1)},
	]);
});

test('an entry continues in another process', () => {
	const found: string[] = [];
	const context = formatContext({onRequest: ({id}) => found.push(id)});
	const [one = '', two = ''] = entries.split('  usage:');
	const first = gcloudYaml.open(context);
	first.lines(Buffer.from(one), true);
	gcloudYaml.open(context, JSON.parse(JSON.stringify(first.save()))).lines(Buffer.from(`  usage:${two}\n`), false);
	expect(found).toHaveLength(1);
});

test('texts over several lines, and what is no block', () => {
	expect(
		parseBlockYaml(['a: |-', '  one', '  two', 'b:', '- 1', '- 2', '"c d": ~', 'e:', '  f: "x\\ny"', '__proto__: 1']),
	).toEqual({a: 'one\ntwo', b: null, 'c d': null, e: {f: 'x\ny'}});
});

test('a value behind many blanks', () => {
	const spaces = ' '.repeat(60_000);
	expect(parseBlockYaml([`a:${spaces}\u2028x`, `b:${spaces}x`, `c:${spaces}`])).toMatchObject({b: 'x', c: null});
});

test('texts in quotes that continue below, with quotes inside', () => {
	expect(
		parseBlockYaml(["a: 'one", "  it''s", "  two'", 'b: "x \\"', '  y"', "c: 'd' ", "e: 'never", '  closed']),
	).toEqual({a: "one it's two", b: 'x " y', c: 'd', e: 'never closed'});
});

test('an outcome in the last entry completes the call before it', () => {
	const entry = (id: string, event: string) =>
		`---\ninsertId: ${id}\njsonPayload:\n  event: '${event}'\n  thread_id: t\nlogName: l\ntimestamp: '2026-02-10T10:00:0${id}Z'`;
	const log = [
		entry('1', '[LLM] call: m (2 msgs)'),
		entry('2', '💰 Usage type: EXACT - prompt=9510, completion=50, cache_read=9000, cache_creation=500'),
	];
	const {requests, session} = readLines(gcloudYaml, log.join('\n').split('\n'));
	expect([...requests, ...session.provisional()]).toMatchObject([{usage: all}]);
});
