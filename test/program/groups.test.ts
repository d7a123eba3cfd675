import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {run, withFolder} from '../support/program.js';

let clock = Date.UTC(2025, 9, 20, 8);
const line = (event: string, thread: string) =>
	`${new Date(clock++).toISOString().replace('Z', '456Z')} [info     ] ${event.padEnd(30)} lineno=1 thread_id=${thread}\n`;
const call = (thread: string, model: string, read: number, write = 0) =>
	line(`LLM API call: ${model} (2 messages)`, thread) +
	line(`💰 Usage type: EXACT - prompt=20000, completion=5, cache_read=${read}, cache_creation=${write}`, thread);

const sonnet = 'claude-sonnet-4-5';
const log = [
	call('steady', sonnet, 0, 18_000),
	call('steady', sonnet, 18_000),
	call('steady', 'house-model', 18_000),
	call('broken', sonnet, 0, 19_000),
	call('broken', sonnet, 0, 19_000),
].join('');

const withLog = (
	content: string,
	body: (report: (...args: string[]) => ReturnType<typeof run>, folder: string) => Promise<void>,
) =>
	withFolder(async folder => {
		writeFileSync(join(folder, 'worker.log'), content);
		await body((verb = 'report', ...args) => run([verb, 'worker.log', ...args], {cwd: folder}), folder);
	});

test('--group-by adds a table to the text and makes one of the CSV', async () => {
	await withLog(log, async (hitrate, folder) => {
		const {stdout, code} = await hitrate(
			'report',
			'--group-by',
			'thread',
			'--export',
			'threads.csv',
			'--export',
			'threads.md',
		);
		expect(code).toBe(0);
		expect(stdout).toMatch(/\nBY THREAD, MOST EXPENSIVE LOSS FIRST\n(?:.*\n){2} {2}broken +2 .*\n {2}steady +3 /);
		const [head, first, second, ...more] = readFileSync(join(folder, 'threads.csv'), 'utf8').trim().split('\r\n');
		expect(head).toMatch(/^thread,first_seen,/);
		expect([first, second]).toEqual([expect.stringMatching(/^broken,/), expect.stringMatching(/^steady,/)]);
		expect(more).toEqual([]);
		expect(readFileSync(join(folder, 'threads.md'), 'utf8')).toContain('## By thread, most expensive loss first');
		const json = JSON.parse((await hitrate('report', '--json')).stdout);
		expect(json.threads.map(({name}: {name: string}) => name)).toEqual(['steady', 'broken']);
	});
});

test('another word is refused in one line', async () => {
	await withLog(log, async hitrate => {
		const {code, stdout, stderr} = await hitrate('report', '--group-by', 'colour');
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toBe(
			'hitrate: --group-by: unknown grouping "colour". Choose from model, thread, project, agent, provider, host, source.\n',
		);
	});
});

test('what if: actual is what was paid', async () => {
	await withLog(log, async hitrate => {
		const json = JSON.parse((await hitrate('report', '--json')).stdout);
		expect(json.what_if.map(({policy}: {policy: string}) => policy)).toEqual([
			'as-is',
			'no-cache',
			'five-minutes',
			'one-hour',
		]);
		expect(json.what_if[0].cost).toBe(json.cached_cost);
		expect(json.what_if[1].cost).toBe(json.original_cost);
		expect((await hitrate('report')).stdout).toMatch(/\nWHAT IF\n {2}Actual +\$/);
	});
});

test('prices: what each model was priced as, and what to do about those without', async () => {
	await withLog(log, async hitrate => {
		const {stdout, code, stderr} = await hitrate('prices');
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout).toContain('    from anthropic claude-sonnet-4-5\n');
		expect(stdout).toContain('--price house-model=OTHER-MODEL');
		const json = JSON.parse((await hitrate('prices', '--json', '--price', 'house-model=1,0.1')).stdout);
		expect(json).toMatchObject({
			price_coverage: 100,
			models: [{model: sonnet}, {model: 'house-model', from: '--price'}],
		});
		expect((await run(['prices', 'nowhere.log'])).code).toBe(3);
	});
});
