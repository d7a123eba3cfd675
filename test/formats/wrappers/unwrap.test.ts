import {describe, expect, test} from 'vitest';
import {type Content, Unwrapper} from '../../../source/formats/wrappers/unwrap.js';
import {utc} from '../../../source/time/stamp.js';
import {readLog} from '../backends/agentpress/read-log.js';

const plain =
	'2025-10-20T08:15:30.123456Z [info     ] 🔥 Block 1: Cached system prompt (900 tokens) lineno=1 thread_id=a';
const json =
	'{"event": "\\ud83d\\udd25 Block 1: Cached system prompt (900 tokens)", "level": "info", "timestamp": "2025-10-20T08:15:30.123456Z", "thread_id": "a"}';
const coloured =
	'\u001B[2m2025-10-20T08:15:30.123456Z\u001B[0m [\u001B[32m\u001B[1minfo     \u001B[0m] \u001B[1m🔥 Block 1: Cached system prompt (900 tokens)\u001B[0m \u001B[36mthread_id\u001B[0m=\u001B[35ma\u001B[0m';
const stamp = '2025-10-20T08:15:31.000000377Z';
const journal = (message: unknown) =>
	JSON.stringify({_HOSTNAME: 'prod1', MESSAGE: message, _PID: '43', __REALTIME_TIMESTAMP: '1760948130139118'});

/** A line of a continuation, which no wrapper may turn into an event. */
const continuation = '🔥 Block 9: Cached chunk (1 tokens, 1 messages)';

const wrappers: readonly (readonly [name: string, wrap: (line: string) => string])[] = [
	['nothing', line => line],
	['docker json-file', line => JSON.stringify({log: `${line}\n`, stream: 'stdout', time: stamp})],
	['docker logs -t', line => `${stamp} ${line}`],
	['compose v2', line => `worker-1  | ${line}`],
	['compose v1', line => `worker_1    | ${line}`],
	['compose -t', line => `worker-1  | ${stamp} ${line}`],
	['compose with a coloured prefix', line => `\u001B[36mworker-1  | \u001B[0m${line}`],
	['CRI', line => `${stamp} stdout F ${line}`],
	['kubectl --prefix', line => `[pod/suna-worker-6d5f8c7b9-abcde/worker] ${line}`],
	['journald json', line => journal(line)],
	['journald json in bytes', line => journal([...Buffer.from(line)])],
	['journald short-iso', line => `2025-10-20T08:15:30+0000 prod1 dramatiq[4321]: ${line}`],
	['journald short', line => `Oct 20 08:15:30 prod1 dramatiq[4321]: ${line}`],
	['PM2 --time', line => `2026-11-23T01:07:38: ${line}`],
	[
		'PM2 json',
		line => JSON.stringify({message: `${line}\n`, timestamp: stamp, type: 'out', process_id: 0, app_name: 'w'}),
	],
	['pm2 logs', line => `\u001B[32m0|worker   | \u001B[39m${line}`],
	['stern', line => `suna-worker-7d9f8c-x2x9p worker ${line}`],
	['docker service logs', line => `suna_worker.1.k2l3m4n5o6p7@node-1    | ${line}`],
	['concurrently', line => `[worker] ${line}`],
	['honcho', line => `08:15:31 worker.1 | ${line}`],
	['logcli', line => `2025-10-20T08:15:31Z {app="worker", pod="w-0"} ${line}`],
	['RFC 5424', line => `<134>1 ${stamp} web1 suna-worker 812 - - ${line}`],
	['journald short-full', line => `Mon 2025-10-20 08:15:31 UTC web1 suna-worker[812]: ${line}`],
	['journald short-unix', line => `1760948131.000000 web1 suna-worker[812]: ${line}`],
	['fly', line => `2025-10-20T08:15:31Z app[148e2b] iad [info]${line}`],
	[
		'GELF',
		line => JSON.stringify({version: '1.1', host: 'w', short_message: line, timestamp: 1_760_948_131.5, level: 6}),
	],
	['Cloud Logging', line => JSON.stringify({textPayload: line, timestamp: stamp, severity: 'DEFAULT'})],
	['Fluent Bit', line => JSON.stringify({date: 1_760_948_131.5, log: `${line}\n`})],
	['Azure', line => JSON.stringify({TimeStamp: stamp, Log: `F ${line}`})],
	['Elasticsearch', line => JSON.stringify({_index: 'i', _source: {'@timestamp': stamp, message: line}})],
	['an answer of Loki', line => JSON.stringify({data: {result: [{values: [['1760948131000000000', line]]}]}})],
	['an answer of CloudWatch', line => JSON.stringify({events: [{timestamp: 1_760_948_131_000, message: line}]})],
	[
		'Insights',
		line =>
			JSON.stringify({
				results: [
					[
						{field: '@timestamp', value: stamp},
						{field: '@message', value: line},
					],
				],
			}),
	],
	['Grafana', line => JSON.stringify([{line, timestamp: '1760948131000000000'}])],
	['a collector', line => `${stamp} app worker.1 ${line}`],
	['docker around compose', line => JSON.stringify({log: `worker-1  | ${line}\n`, stream: 'stdout', time: stamp})],
];

describe.each(wrappers)('%s', (_, wrap) => {
	test.each([
		['plain', plain],
		['json', json],
		['coloured', coloured],
	])('%s', (__, line) => {
		const {requests} = readLog(`${wrap(line)}\n`);
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			time: Date.UTC(2025, 9, 20, 8, 15, 30, 123),
			thread: 'a',
			plan: {blocks: [{number: 1, tokens: 900}]},
		});
	});

	test('a continuation stays one', () => {
		expect(readLog(`${wrap(continuation)}\n`).requests).toEqual([]);
	});
});

test('the same line has the same identity in every wrapper and rendering', () => {
	const ids = wrappers.flatMap(([, wrap]) =>
		[plain, json, coloured].map(line => readLog(`${wrap(line)}\n`).requests[0]?.id),
	);
	expect(new Set(ids).size).toBe(1);
});

test('wrappers may be mixed in one file', () => {
	const lines = wrappers.map(([, wrap], index) =>
		wrap(plain.replace('30.123456', `${String(index).padStart(2, '0')}.123456`)),
	);
	expect(readLog(`${lines.join('\n')}\n`).requests).toHaveLength(wrappers.length);
});

test('CRI parts are joined, by stream, over the lines and pieces between them', () => {
	const cut = plain.indexOf('Block') + 3;
	const log = `${stamp} stdout P ${plain.slice(0, cut)}\n${stamp} stderr F something else\n${stamp} stdout P ${plain.slice(cut, cut + 20)}\n${stamp} stdout F ${plain.slice(cut + 20)}\n`;
	expect(readLog(log, {}, 10).requests).toHaveLength(1);
});

test('docker parts are joined; a short line without its newline is whole', () => {
	const entry = (log: string) => JSON.stringify({log, stream: 'stdout', time: stamp});
	const found: Content[] = [];
	const unwrapper = new Unwrapper(utc);
	const unwrap = (line: string) =>
		unwrapper.unwrap(line, content => content.kind === 'record' && found.push(content) > 0);
	expect(unwrap(entry(plain))).toBe('taken');
	const long = plain + ' x=y'.repeat(5000);
	expect(unwrap(entry(long.slice(0, 16 * 1024)))).toBe('waiting');
	expect(unwrap(entry(`${long.slice(16 * 1024)}\n`))).toBe('taken');
	expect(found[1]).toMatchObject({record: {text: long.slice(40)}});
});

test('a part whose rest never comes is given up', () => {
	const unwrapper = new Unwrapper(utc);
	expect(unwrapper.unwrap(`${stamp} stdout P begun`, () => false)).toBe('waiting');
	for (let line = 0; line < 10_001; line++) {
		unwrapper.unwrap('something else', () => false);
	}
	expect(unwrapper.waiting).toBe(false);
});

test("a wrapper's time serves a line without one", () => {
	const line = '[info     ] 🔥 Block 1: Cached system prompt (900 tokens)';
	expect(readLog(`worker-1  | ${stamp} ${line}\n`).requests[0]?.time).toBe(Date.UTC(2025, 9, 20, 8, 15, 31));
	expect(readLog(`${journal(line)}\n`).requests[0]?.time).toBe(1_760_948_130_139);
});

test('processes that share a file are distinguished if the context is missing', () => {
	const line = (event: string) => `2025-10-20T08:15:30.123456Z [info     ] ${event}`;
	const log = [
		`worker-1  | ${line('🔥 Block 1: Cached system prompt (900 tokens)')}`,
		`worker-2  | ${line('🔥 Block 1: Cached system prompt (700 tokens)')}`,
		`worker-1  | ${line('Making LLM API call to model: claude-sonnet-4 with 2 messages')}`,
	].join('\n');
	expect(readLog(`${log}\n`).requests.map(request => request.plan?.blocks[0]?.tokens)).toEqual([900]);
});

test('a journal entry without its message is counted', () => {
	expect(readLog(`${journal(null).replace('null', 'null,"x":"Block 1"')}\n`).tally.withoutMessage).toBe(1);
});

test('numbers, arrays and strings that are valid JSON are no events', () => {
	for (const text of [
		'{"event": 5, "x": "Block 1"}',
		'{"log": {}, "x": "Block 1"}',
		'{"message": "{\\"message\\": 1, \\"Block 1\\": 2}"}',
	]) {
		expect(readLog(`${text}\n`).requests).toEqual([]);
	}
});
