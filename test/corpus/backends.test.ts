import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {formats} from '../../source/formats/table.js';
import {inputTokens, type Request} from '../../source/request.js';
import {formatContext} from '../formats/reading.js';

const samples = join(import.meta.dirname, '../../../shared/samples2');

/** All requests of a file, read by the format that recognises it. */
const read = (path: string) => {
	const bytes = readFileSync(join(samples, path));
	const format = formats.find(candidate => candidate.recognise(bytes.subarray(0, 1 << 20)));
	const found = new Map<string, Request>();
	format?.open(formatContext({source: path, onRequest: request => found.set(request.id, request)})).lines(bytes, true);
	return {format: format?.name, requests: [...found.values()]};
};

const sums = (requests: readonly Request[]) => {
	const sum = (of: (request: Request) => number) => requests.reduce((total, request) => total + of(request), 0);
	return {
		requests: requests.length,
		input: sum(({usage}) => (usage ? inputTokens(usage) : 0)),
		read: sum(({usage}) => usage?.cacheRead ?? 0),
		written: sum(({usage}) => (usage ? usage.cacheWrite5m + usage.cacheWrite1h : 0)),
		output: sum(({usage}) => usage?.output ?? 0),
	};
};

// What the programs logged that wrote the samples: two threads of five calls each.
const anthropic = {requests: 10, input: 220_145, read: 174_000, written: 45_600, output: 120};
const openAi = {requests: 10, input: 30_045, read: 20_480, written: 0, output: 90};
const truth: Readonly<Record<string, typeof anthropic>> = {
	'bunyan.jsonl': openAi,
	'loguru-message.log': anthropic,
	'loguru-serialize.jsonl': anthropic,
	'otel-console-pretty.json': {...anthropic, input: 206_100, read: 160_000},
	'otlp-file-simple.jsonl': {requests: 5, input: 103_050, read: 80_000, written: 22_800, output: 60},
	'pino-iso.jsonl': openAi,
	'pino.jsonl': openAi,
	'pjl.jsonl': anthropic,
	'structlog-console.log': anthropic,
	'structlog-kv.log': anthropic,
	'structlog.jsonl': anthropic,
	'winston-notime.jsonl': openAi,
	'winston.jsonl': openAi,
};

test.each(readdirSync(join(samples, 'loggers-real')))('the lines of a real logger: %s', name => {
	const {format, requests} = read(`loggers-real/${name}`);
	expect(format).toBe('usage-lines');
	expect(sums(requests)).toEqual(truth[name]);
	expect(requests.every(({model}) => model !== undefined)).toBe(true);
	expect(requests.every(({time}) => time > Date.UTC(2026, 10, 28) || name === 'winston-notime.jsonl')).toBe(true);
});

test('LiteLLM’s payloads and the rows of its table tell the same of each call', () => {
	const payloads = read('litellm-real/standard-logging-payload.jsonl');
	const rows = read('litellm-real/spendlogs-row_to_json.jsonl');
	expect([payloads.format, rows.format]).toEqual(['litellm', 'litellm']);
	for (const {requests} of [payloads, rows]) {
		expect(sums(requests)).toMatchObject({requests: 16, read: 147_840, written: 92_000, output: 149});
		expect(requests.every(({usage}) => usage?.accuracy === 'exact')).toBe(true);
	}
});

test('a page of events as a GlitchTip server answers it', () => {
	const {format, requests} = read('glitchtip-real/project-events.limit8.json');
	expect(format).toBe('glitchtip');
	expect(requests).toHaveLength(8);
	expect(requests.map(({plan}) => plan?.blocks.length).filter(count => count === 4).length).toBeGreaterThan(0);
	for (const name of ['alert-events.json', 'alert-issues.json']) {
		expect(read(`glitchtip-real/${name}`).requests).toEqual([]);
	}
});
