import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {describe, expect, test} from 'vitest';
import schema from '../../source/output/json/schema.json' with {type: 'json'};
import {shortTranscript} from '../bench/transcripts.js';
import {simulateBackend} from '../simulated/backend.js';
import {type Rendering, renderRecords} from '../simulated/render.js';
import {run, withFolder} from '../support/program.js';
import {workedExampleJson, workedExampleLog} from '../support/worked-example.js';

const measuredLog = (): string =>
	[
		...simulateBackend({
			seed: 5,
			start: Date.UTC(2025, 9, 20, 8),
			limit: 30,
			requestsPerSecond: 1,
			generation: '2025-10-16',
		}),
	]
		.map(({records}) => renderRecords(records, 'plain', {exceptions: 'dicts'}))
		.join('');

test('names the threads that lost the most', async () => {
	await withFolder(async folder => {
		const {stdout} = await run(['report', '--demo', '--export', 'cache.html'], {cwd: folder});
		expect(stdout).toMatch(/Thread +Times +Tokens +Cost\n +\S+ +\d+ /);
		expect(readFileSync(join(folder, 'cache.html'), 'utf8')).toContain('<th>Thread</th>');
	});
});

describe.each<Rendering>(['plain', 'colour', 'json'])('the worked example, %s', rendering => {
	test('comes out to the digit, as text and as JSON', async () => {
		await withFolder(async folder => {
			writeFileSync(join(folder, 'worker.log'), workedExampleLog(rendering));
			const text = await run(['report', 'worker.log'], {cwd: folder});
			expect(text).toMatchObject({code: 0, stderr: ''});
			for (const figure of [
				/Total requests +1,250\n/,
				/Cache hits +1,050\n/,
				/Cache misses +200\n/,
				/Hit rate +84\.0 % +Excellent/,
				/Total saved +52,500,000/,
				/Average per hit +50,000/,
				/Without cache +\$157\.50/,
				/With cache +\$15\.75/,
				/Net savings +\$141\.75 \(90\.0 %\)/,
				/Block 1 +1,050 \(100\.0 %\)/,
				/Block 2 +850 \(81\.0 %\)/,
				/Block 3 +650 \(61\.9 %\)/,
				/Claude Sonnet, assumed/,
				/Basis: +what was marked for caching \(planned\)/,
			]) {
				expect(text.stdout).toMatch(figure);
			}
			const json = JSON.parse((await run(['report', '--json', '--log-file', 'worker.log'], {cwd: folder})).stdout);
			expect(json).toMatchObject(workedExampleJson);
			expect(json.cache_events).toHaveLength(1250);
		});
	});
});

describe('exports', () => {
	test('in every format, whole, private, and valid', async () => {
		await withFolder(async folder => {
			writeFileSync(join(folder, 'worker.log'), measuredLog());
			const names = ['cache.json', 'cache.csv', 'cache.md'];
			const {code, stdout, stderr} = await run(['report', 'worker.log', ...names.flatMap(name => ['--export', name])], {
				cwd: folder,
			});
			expect(code).toBe(0);
			expect(stdout).toContain('Total requests');
			expect(stderr).toBe(names.map(name => `hitrate: wrote ${name}\n`).join(''));
			expect(readdirSync(folder).sort()).toEqual([...names, 'worker.log'].sort());
			const json = JSON.parse(readFileSync(join(folder, 'cache.json'), 'utf8'));
			const validate = new Ajv2020({allowUnionTypes: true}).compile(schema);
			expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
			expect(json.total_events + json.unmeasured).toBe(30);
			expect(readFileSync(join(folder, 'cache.csv'), 'utf8').trim().split('\r\n')).toHaveLength(31);
		});
	});

	test('to standard output, and nothing else there', async () => {
		await withFolder(async folder => {
			writeFileSync(join(folder, 'worker.log'), measuredLog());
			for (const flags of [['--json'], ['--export', '-']]) {
				const {stdout, stderr} = await run(['report', 'worker.log', ...flags, '--no-events'], {cwd: folder});
				expect(JSON.parse(stdout)).not.toHaveProperty('cache_events');
				expect(stderr).toBe('');
			}
		});
	});

	test.each([
		[['--export', 'cache.xml'], /^hitrate: Cannot tell the format of cache\.xml/],
		[['--export', 'nowhere/cache.json'], /^hitrate: Cannot write nowhere\/cache\.json: its folder does not exist/],
	])('%j is refused in one line', async (flags, message) => {
		await withFolder(async folder => {
			writeFileSync(join(folder, 'worker.log'), measuredLog());
			const {code, stderr, stdout} = await run(['report', 'worker.log', ...flags], {cwd: folder});
			expect(code).toBe(2);
			expect(stderr).toMatch(message);
			expect(stderr.trim().split('\n')).toHaveLength(1);
			expect(stdout).toBe('');
		});
	});
});

describe('windows', () => {
	test('--days, --since and --until count what is in them', async () => {
		await withFolder(async folder => {
			const at = (time: number) =>
				`${new Date(time).toISOString()} [info     ] 🔥 Block 1: Cached system prompt (2000 tokens)\n`;
			const now = Date.now();
			const day = 86_400_000;
			writeFileSync(
				join(folder, 'worker.log'),
				at(Date.UTC(2025, 9, 20)) + at(now - 3.5 * day) + at(now - 2 * day) + at(now - 60_000),
			);
			const total = async (...flags: string[]) =>
				JSON.parse((await run(['report', 'worker.log', '--json', ...flags], {cwd: folder})).stdout).total_events;
			expect(await total()).toBe(4);
			expect(await total('--days', '7')).toBe(3);
			expect(await total('--window', '1h')).toBe(1);
			expect(await total('--since', '2025-10-20', '--until', '2025-10-21', '--tz', 'UTC')).toBe(1);
			expect(await total('--since', '2025-10-20', '--until', '2025-10-20T00:00:00.001', '--tz', 'UTC')).toBe(1);
			expect(await total('--until', '3 days ago')).toBe(2);
			expect(await total('--since', '2025-10-20', '--until', '2025-10-21', '--tz', 'America/New_York')).toBe(0);
		});
	});

	test('--log-tz reads times without a zone', async () => {
		await withFolder(async folder => {
			writeFileSync(
				join(folder, 'worker.log'),
				'2025-10-20 08:15:30,123 - INFO - prompt_caching - 🔥 Block 1: Cached system prompt (2000 tokens)\n',
			);
			const time = async (...flags: string[]) =>
				JSON.parse((await run(['report', 'worker.log', '--json', ...flags], {cwd: folder})).stdout).cache_events[0]
					.timestamp;
			expect(await time()).toBe('2025-10-20T08:15:30.123Z');
			expect(await time('--log-tz', 'Europe/Berlin')).toBe('2025-10-20T06:15:30.123Z');
		});
	});
});

describe('sources', () => {
	test('several at once, a folder, a glob, standard input; the same file once', async () => {
		await withFolder(async folder => {
			const line = (minute: number) =>
				`2025-10-20T08:${minute}:30.123456Z [info     ] 🔥 Block 1: Cached system prompt (2000 tokens)\n`;
			mkdirSync(join(folder, 'logs'));
			writeFileSync(join(folder, 'logs/worker.log'), line(10));
			writeFileSync(join(folder, 'logs/backend.log'), line(11));
			symlinkSync('worker.log', join(folder, 'logs/link.log'));
			const total = async (args: string[], input?: string) =>
				JSON.parse(
					(await run(['report', '--json', ...args], {cwd: folder, ...(input === undefined ? {} : {input})})).stdout,
				).total_events;
			expect(await total(['logs/worker.log', 'logs/backend.log', 'logs/link.log'])).toBe(2);
			expect(await total(['logs'])).toBe(2);
			expect(await total(['logs/*.log'])).toBe(2);
			expect(await total([])).toBe(2);
			expect(await total(['-'], line(12) + line(13))).toBe(2);
			expect(await total(['-', 'logs/worker.log'], line(12).trimEnd())).toBe(2);
			expect(await total(['--', 'logs/worker.log'])).toBe(1);
		});
	});
});

test('a list of processes shows the command line', () =>
	withFolder(async folder => {
		await run(['report', '--exec', 'ps -o args= -p $PPID > seen'], {cwd: folder});
		expect(readFileSync(join(folder, 'seen'), 'utf8')).toMatch(/^hitrate report --exec /);
	}));

test('a session with only its sum, next to others', async () => {
	await withFolder(async folder => {
		const events = [
			{type: 'session.start', id: 'e0', parentId: null, data: {sessionId: 's1'}},
			{
				type: 'session.shutdown',
				id: 'e1',
				parentId: 'e0',
				data: {modelMetrics: {m: {requests: {count: 2}, usage: {inputTokens: 1000, outputTokens: 5}}}},
			},
		];
		writeFileSync(join(folder, 'session-1.jsonl'), events.map(event => `${JSON.stringify(event)}\n`).join(''));
		writeFileSync(join(folder, 'session-2.jsonl'), shortTranscript(1));
		const {code, stdout} = await run(['report', '--json', '.'], {cwd: folder});
		expect(code).toBe(0);
		expect(JSON.parse(stdout).sums).toMatchObject([{requests: 2, tokens: {input: 1000, output: 5}}]);
	});
});
