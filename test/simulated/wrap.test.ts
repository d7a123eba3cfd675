import {expect, test} from 'vitest';
import {timedLines} from './timed-lines.js';
import {type TimedLine, type Wrapper, wrapLines, wrappers} from './wrap.js';

const time = Date.UTC(2025, 9, 5, 8, 15, 30, 125);
const plain: TimedLine = {time, microseconds: 318, line: "🔥 Block 1 q='a&b'"};
const colour: TimedLine = {time, microseconds: 318, line: '\u001b[2m🔥\u001b[0m'};
const one = (line: TimedLine, wrapper: Wrapper) => wrapLines([line], wrapper).join('\n');

test.each<[Wrapper, string]>([
	['docker-json', `{"log":"🔥 Block 1 q='a\\u0026b'\\n","stream":"stdout","time":"2025-10-05T08:15:30.125318377Z"}`],
	['docker-t', "2025-10-05T08:15:30.125318377Z 🔥 Block 1 q='a&b'"],
	['compose-v1', "worker_1    | 🔥 Block 1 q='a&b'"],
	['compose-v1-t', "worker_1    | 2025-10-05T08:15:30.125318377Z 🔥 Block 1 q='a&b'"],
	['compose-v2', "worker-1  | 🔥 Block 1 q='a&b'"],
	['compose-v2-t', "worker-1  | 2025-10-05T08:15:30.125318377Z 🔥 Block 1 q='a&b'"],
	['cri', "2025-10-05T08:15:30.125318377Z stdout F 🔥 Block 1 q='a&b'"],
	['kubectl', "[pod/suna-worker-6d5f8c7b9-abcde/worker] 🔥 Block 1 q='a&b'"],
	['kubectl-t', "[pod/suna-worker-6d5f8c7b9-abcde/worker] 2025-10-05T08:15:30.125318377Z 🔥 Block 1 q='a&b'"],
	['journald-short', "Oct  5 08:15:30 prod1 dramatiq[4321]: 🔥 Block 1 q='a&b'"],
	['journald-short-iso', "2025-10-05T08:15:30+0000 prod1 dramatiq[4321]: 🔥 Block 1 q='a&b'"],
	['pm2-time', "2025-10-05T08:15:30: 🔥 Block 1 q='a&b'"],
	[
		'pm2-json',
		`{"message":"🔥 Block 1 q='a&b'\\n","timestamp":"2025-10-05T08:15:30.125Z","type":"out","process_id":0,"app_name":"worker"}`,
	],
	['pm2-logs', "\u001b[32m0|worker   | \u001b[39m🔥 Block 1 q='a&b'"],
])('%s', (wrapper, expected) => {
	expect(one(plain, wrapper)).toBe(expected);
});

test('journald json: strings, bytes where there is an escape code, null where the field is long', () => {
	expect(JSON.parse(one(plain, 'journald-json'))).toMatchObject({
		MESSAGE: plain.line,
		__REALTIME_TIMESTAMP: '1759652130125318',
		_HOSTNAME: 'prod1',
	});
	const {MESSAGE: bytes} = JSON.parse(one(colour, 'journald-json'));
	expect(bytes.slice(0, 4)).toEqual([27, 91, 50, 109]);
	expect(Buffer.from(bytes).toString()).toBe(colour.line);
	const long = {...plain, line: 'x'.repeat(4097)};
	expect(JSON.parse(one(long, 'journald-json')).MESSAGE).toBeNull();
	expect(JSON.parse(one(long, 'journald-json-all')).MESSAGE).toBe(long.line);
});

test('journald json: the key order differs from entry to entry', () => {
	const lines = wrapLines([plain, plain, plain, plain], 'journald-json');
	expect(new Set(lines.map(line => Object.keys(JSON.parse(line)).join())).size).toBe(4);
});

test('the short forms of journald have no escape codes', () => {
	expect(one(colour, 'journald-short')).toBe('Oct  5 08:15:30 prod1 dramatiq[4321]: 🔥');
	expect(one(colour, 'journald-short-iso').endsWith(']: 🔥')).toBe(true);
});

test('docker and cri cut long lines between characters; the parts join to the line', () => {
	const long = {...plain, line: 'x🔥é'.repeat(6_000)};
	const docker = wrapLines([long], 'docker-json').map(line => JSON.parse(line).log as string);
	expect(docker.length).toBe(3);
	expect(docker.map(part => part.endsWith('\n'))).toEqual([false, false, true]);
	expect(docker.join('')).toBe(`${long.line}\n`);
	const cri = wrapLines([long], 'cri').map(line => /^\S+ stdout ([FP]) (.*)$/.exec(line));
	expect(cri.map(match => match?.[1])).toEqual(['P', 'P', 'F']);
	expect(cri.map(match => match?.[2]).join('')).toBe(long.line);
	for (const part of docker) {
		expect(Buffer.byteLength(part)).toBeLessThanOrEqual(16 * 1024 + 1);
	}
});

test('every wrapper gives at least one line for each', () => {
	for (const wrapper of wrappers) {
		expect(wrapLines([plain, colour], wrapper).length, wrapper).toBe(2);
	}
});

test('timed lines: continuation lines apart, with the time of their event', () => {
	const records = [
		{time, microseconds: 5, raw: 'a\nb'},
		{time: time + 1, microseconds: 6, raw: 'c'},
	];
	expect([...timedLines(records, 'plain')]).toEqual([
		{time, microseconds: 5, line: 'a'},
		{time, microseconds: 5, line: 'b'},
		{time: time + 1, microseconds: 6, line: 'c'},
	]);
});
