import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';

let clock = Date.UTC(2025, 9, 20, 8);
const line = (event: string, level = 'info') =>
	`${new Date(clock++).toISOString().replace('Z', '456Z')} [${level.padEnd(9)}] ${event.padEnd(30)} lineno=1 thread_id=a\n`;
const web = 'INFO:     1.2.3.4:51234 - "GET /api/threads HTTP/1.1" 200 OK\n';
const call = (model = 'claude-sonnet-4-5') => line(`LLM API call: ${model} (2 messages)`);
const usage = (read: number, write = 0) =>
	line(`💰 Usage type: EXACT - prompt=20000, completion=5, cache_read=${read}, cache_creation=${write}`);
const plan = line('🔥 Block 1: Cached system prompt (18000 tokens)');

type Logs = Readonly<Record<string, string>>;
type Found = {readonly id: string; readonly says: string; readonly next?: string};

/** What doctor finds in a folder of logs. */
const findings = async (logs: Logs, args: readonly string[] = ['worker.log']): Promise<readonly Found[]> => {
	let found: readonly Found[] = [];
	await withFolder(async folder => {
		mkdirSync(join(folder, 'logs'));
		for (const [name, content] of Object.entries(logs)) {
			writeFileSync(join(folder, name), content);
		}
		const {stdout, code} = await run(['doctor', '--json', ...args], {cwd: folder});
		expect(code).toBe(0);
		found = JSON.parse(stdout).findings;
	});
	return found;
};

const ids = (found: readonly Found[]) => found.map(({id}) => id);

test("the API's log points to the worker's, which holds the lines", async () => {
	const found = await findings({'backend.log': web.repeat(50), 'worker.log': plan + call() + usage(18_000)}, [
		'backend.log',
	]);
	expect(ids(found)).toEqual(['no-cache-lines', 'other-log']);
	expect(found[0]?.says).toMatch(
		/^No requests in backend\.log \(3\.0 KB, 50 lines, last written \d+ s ago\)\. Its lines look like requests of a Python web server/,
	);
	expect(found[1]?.next).toBe('Run: hitrate worker.log');
});

test('an empty log, a log of something else, and one whose level hides the lines', async () => {
	const [empty] = await findings({'worker.log': ''});
	expect(empty).toMatchObject({id: 'no-cache-lines', says: expect.stringContaining('It is empty')});
	const [other] = await findings({'worker.log': 'some words\n'.repeat(9)});
	expect(other?.says).toContain('Its lines look like plain text');
	const [quiet] = await findings({'worker.log': line('something is wrong', 'warning').repeat(9)});
	expect(quiet?.says).toContain('nothing below level WARNING');
	expect(quiet?.next).toContain('LOGGING_LEVEL=INFO');
});

test('only plan lines: which level shows what the provider did', async () => {
	const [found] = await findings({'worker.log': plan.repeat(3)});
	expect(found).toMatchObject({
		id: 'plan-only',
		says: expect.stringContaining('3 requests'),
		next: expect.stringContaining('LOGGING_LEVEL=INFO'),
	});
	const [hidden] = await findings({'worker.log': (plan + call()).replaceAll('2025-10-20', '2026-01-05')});
	expect(hidden).toMatchObject({id: 'plan-only', next: expect.stringContaining('LOGGING_LEVEL=DEBUG')});
});

test('prompts below the minimum, small parts, models that are not marked', async () => {
	const small = line('🔥 Block 1: Cached system prompt (2000 tokens)') + call('claude-haiku-4-5') + usage(0);
	const skipped = line('System prompt too small for caching: 800 tokens', 'debug') + call() + usage(0);
	const other =
		line("Model openai/gpt-5-mini doesn't support Anthropic caching", 'debug') + call('openai/gpt-5-mini') + usage(0);
	const found = await findings({'worker.log': small + skipped + other});
	expect(ids(found)).toEqual(
		expect.arrayContaining(['below-minimum', 'prompts-too-small', 'models-without-marking', 'low-hit-rate']),
	);
	expect(found.find(({id}) => id === 'below-minimum')?.says).toContain('4,096');
});

/** The same at other microseconds: equal lines of one microsecond are one that was read twice. */
const times = (count: number, text: string) =>
	Array.from({length: count}, (_, index) => text.replaceAll(/\.\d{6}Z/g, `.${100_000 + index}Z`)).join('');

test('caching switched off', async () => {
	expect(ids(await findings({'worker.log': times(4, call() + usage(0))}))).toContain('caching-off');
	expect(ids(await findings({'worker.log': times(4, call() + usage(0, 9000))}))).not.toContain('caching-off');
});

test('a low hit rate and a good one', async () => {
	expect(ids(await findings({'worker.log': times(4, call() + usage(0, 100)) + call() + usage(9000)}))).toContain(
		'low-hit-rate',
	);
	expect(ids(await findings({'worker.log': times(4, call() + usage(9000))}))).toContain('reading-works');
});

test('a window that holds none of the requests says where they are', async () => {
	const [found] = await findings({'worker.log': call() + usage(9000)}, ['worker.log', '--window', '1h']);
	expect(found).toMatchObject({
		id: 'empty-window',
		says: expect.stringContaining('2025-10-20'),
		next: expect.stringContaining('--window all'),
	});
});

test('what was skipped is counted by reason', async () => {
	await withFolder(async folder => {
		writeFileSync(
			join(folder, 'worker.log'),
			`${call() + usage(9000)}{"event": "Block 1\n${JSON.stringify({MESSAGE: null, x: 'input_tokens'})}\n2025-10-20T08:15:30.123456Z [info     ] Block 9 of the building is closed\n`,
		);
		const json = JSON.parse((await run(['doctor', '--json', 'worker.log'], {cwd: folder})).stdout);
		expect(json.skipped).toMatchObject({broken_json: 1, without_message: 1, look_alikes: 1});
		const {stdout} = await run(['doctor', 'worker.log'], {cwd: folder});
		expect(stdout).toContain('1  broken JSON');
		expect(stdout).toContain('Add --all to the journalctl command');
	});
});

test('a log that nobody writes any more', async () => {
	await withFolder(async folder => {
		const path = join(folder, 'worker.log');
		writeFileSync(path, call() + usage(9000));
		utimesSync(path, new Date(Date.now() - 5 * 86_400_000), new Date(Date.now() - 5 * 86_400_000));
		expect((await run(['doctor', 'worker.log'], {cwd: folder})).stdout).toContain(
			'worker.log was last written 5 days ago',
		);
	});
});

test('nothing to read ends with 3 and says what was looked at', async () => {
	await withFolder(async folder => {
		const none = await run(['doctor'], {cwd: folder});
		expect(none).toMatchObject({code: 3, stdout: expect.stringContaining('Looked at: logs/worker.log')});
		const missing = await run(['doctor', 'nowhere.log'], {cwd: folder});
		expect(missing).toMatchObject({code: 3, stdout: expect.stringContaining('nowhere.log: no such file')});
	});
});

test('--share prints the shape of what was not understood, and nothing of what it says', async () => {
	await withFolder(async folder => {
		writeFileSync(join(folder, 'odd.log'), 'alice spent tokens: input_tokens=10 for acme\n'.repeat(3));
		const {stdout, code} = await run(['doctor', '--share', 'odd.log'], {cwd: folder});
		expect(code).toBe(0);
		expect(stdout).toContain('xxxxx xxxxx xxxxxx: input_tokens=10 xxx xxxx');
		expect(stdout).not.toMatch(/alice|acme|odd\.log/);
		const both = await run(['doctor', '--share', '--json', 'odd.log'], {cwd: folder});
		expect(both).toMatchObject({code: 2, stdout: ''});
	});
});
