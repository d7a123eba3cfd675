import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {schemaVersion} from '../../source/output/json/schema-version.js';
import {captured} from './captured.js';

let folder = '';
let log = '';
let env: Readonly<Record<string, string>> = {};

const usage = (minutes: number, read: number, write: number) =>
	`${JSON.stringify({
		time: new Date(Date.UTC(2026, 10, 20, 10, minutes)).toISOString(),
		thread_id: 'thread-one',
		model: 'claude-sonnet-4-5',
		usage: {
			input_tokens: 5,
			cache_read_input_tokens: read,
			cache_creation_input_tokens: write,
			output_tokens: 50,
		},
	})}\n`;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'hitrate-verbs-'));
	log = join(folder, 'app.log');
	env = {XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config')};
	// Written, read, and its prefix changed: the third paid for all of it again.
	writeFileSync(log, usage(0, 0, 20_000) + usage(1, 20_000, 1000) + usage(2, 0, 21_000));
});

afterAll(() => rmSync(folder, {recursive: true}));

const hitrate = (...argv: readonly string[]) => captured(argv, env);
const json = async (...argv: readonly string[]) => JSON.parse((await hitrate(...argv)).stdout);

test('report: text, JSON, and files whose endings name their formats', async () => {
	expect(await hitrate('report', log)).toMatchObject({
		code: 0,
		stdout: expect.stringContaining('Prefix changed'),
		stderr: '',
	});
	expect(await json('report', '--json', log)).toMatchObject({schema_version: schemaVersion, total_events: 3});
	const files = ['json', 'csv', 'md', 'html', 'svg'].map(ending => join(folder, `out.${ending}`));
	const found = await hitrate('report', '--quiet', ...files.flatMap(path => ['--export', path]), log);
	expect(found).toMatchObject({code: 0, stdout: ''});
	const [data, csv, markdown, page, picture] = files.map(path => readFileSync(path, 'utf8'));
	expect(JSON.parse(data ?? '')).toMatchObject({total_events: 3});
	expect(csv?.trimEnd().split('\r\n')).toHaveLength(4);
	expect(markdown).toMatch(/^# Prompt cache report/);
	expect(page).toMatch(/^<!DOCTYPE html>/i);
	expect(picture).toMatch(/^<svg /);
	const dated = join(folder, 'daily/.md');
	const told = await hitrate('report', '--export', dated, '--keep', '3', log);
	expect(told.stderr).toMatch(/^hitrate: wrote .*hitrate-\d{4}-\d\d-\d\d\.md\n$/);
	expect(readdirSync(join(folder, 'daily'))).toHaveLength(1);
	expect(await hitrate('report', '--export', '-', log)).toMatchObject({stdout: expect.stringMatching(/^\{/)});
});

test('report: groups, a filter that matches nothing, another side, a log that is not there', async () => {
	expect((await hitrate('report', '--group-by', 'thread', log)).stdout).toContain('thread-one');
	expect((await hitrate('report', '--project', 'none', log)).stdout).toContain('match the filter');
	expect((await hitrate('report', '--compare', 'thread=other', log)).stdout).toContain('COMPARISON');
	expect(await hitrate('report', '--compare', 'previous', log)).toMatchObject({
		code: 2,
		stderr: 'hitrate: --compare: "all" has nothing before it. Name a window, as in --window 7d.\n',
	});
	const missing = await hitrate('report', join(folder, 'nowhere.log'));
	expect(missing).toMatchObject({code: 3, stdout: '', stderr: expect.stringContaining('no such file')});
});

test('why: no breaks is said only where threads are known', async () => {
	const [named, nameless] = ['named.log', 'nameless.log'].map(name => join(folder, name)) as [string, string];
	const lines = usage(0, 0, 20_000) + usage(1, 20_000, 1000);
	writeFileSync(named, lines);
	writeFileSync(nameless, lines.replaceAll('"thread_id":"thread-one",', ''));
	expect((await hitrate('why', '--no-store', named)).stdout).toContain(
		'No breaks: nothing that was in the cache was lost.',
	);
	expect((await hitrate('why', '--no-store', nameless)).stdout).toContain('Not known: the log does not name threads.');
	expect((await hitrate('report', '--no-store', named)).stdout).toContain('nothing lost to breaks');
	expect((await hitrate('report', '--no-store', nameless)).stdout).toContain('breaks not known');
});

test('why: the breaks in full, of one thread, for a bug report; and a thread that is mistyped', async () => {
	expect(await hitrate('why', log)).toMatchObject({code: 0, stdout: expect.stringContaining('Prefix changed')});
	expect((await json('why', '--json', 'thread-one', log)).breaks.total).toBe(1);
	const shared = await hitrate('why', '--share', log);
	expect(shared.stdout).toContain('Prefix changed');
	expect(shared.stdout).not.toContain('thread-one');
	const near = await hitrate('why', 'thred-one', log);
	expect(near).toMatchObject({code: 3, stdout: ''});
	expect(near.stderr).toContain('no thread whose name contains "thred-one". Did you mean thread-one?');
	expect(await hitrate('why', '--share', '--json', log)).toMatchObject({code: 2});
	expect((await hitrate('why', 'one', 'other', log)).stderr).toContain('name one thread, then the sources');
});

test('prices: what a model was priced as; a price like that of no model is refused', async () => {
	expect((await hitrate('prices', log)).stdout).toContain('claude-sonnet-4-5');
	expect((await json('prices', '--json', log)).models).toMatchObject([{model: 'claude-sonnet-4-5'}]);
	expect(await hitrate('prices', '--price', 'a=no-such-model', log)).toMatchObject({
		code: 2,
		stderr: expect.stringContaining('no price is known for "no-such-model"'),
	});
});

test('doctor: text, JSON, and the shape of lines alone', async () => {
	expect((await hitrate('doctor', log)).stdout).toMatch(/What was read\n.*3 requests in all/s);
	expect(await json('doctor', '--json', log)).toMatchObject({requests: 3, logs: [{format: 'usage-lines', lines: 3}]});
	const shared = await hitrate('doctor', '--share', log);
	expect(shared.stdout).toContain('cache_read_input_tokens');
	expect(shared.stdout).not.toContain('thread-one');
	expect(await hitrate('doctor', '--share', '--json', log)).toMatchObject({code: 2});
});

test('check: what the command line and the config file ask to hold, also as a plugin', async () => {
	const rule = ['--min-requests', '1', '--window', 'all', '--fail-if', 'hit_rate < 50'];
	expect(await hitrate('check', ...rule, log)).toMatchObject({
		code: 1,
		stdout: expect.stringMatching(/^FAILED \(all, 3 requests\): Hit rate 33\.3 % is below 50 %/),
	});
	const config = join(folder, 'check.json');
	writeFileSync(config, JSON.stringify({alerts: {rules: ['hit_rate < 30'], window: 'all', minRequests: 1}}));
	expect(await hitrate('check', '--config', config, log)).toMatchObject({code: 0});
	expect(await hitrate('check', log)).toMatchObject({code: 2, stderr: expect.stringContaining('say what must hold')});
	expect(await hitrate('check', '--nagios', '--min-hit-rate', 'high', log)).toMatchObject({
		code: 3,
		stdout: expect.stringMatching(/^CACHE UNKNOWN - /),
		stderr: '',
	});
	expect(await hitrate('check', '--notify', ...rule, log)).toMatchObject({
		code: 2,
		stderr: expect.stringContaining('no channel is known'),
	});
});

test('mark: made, listed, deleted; and what is not understood', async () => {
	expect((await hitrate('mark')).stdout).toMatch(/^No marks\./);
	expect((await hitrate('mark', 'deploy', '1.4')).stdout).toMatch(/^Marked .*: deploy 1\.4\n$/);
	expect((await json('mark', '--json')).marks).toMatchObject([{name: 'deploy 1.4'}]);
	expect((await hitrate('report', '--since-mark', 'deploy', log)).stdout).toContain('since deploy 1.4');
	expect(await hitrate('report', '--since-mark', 'rollback', log)).toMatchObject({code: 2, stdout: ''});
	expect((await hitrate('mark', '--delete', 'rollback')).stderr).toContain('no mark whose name contains "rollback"');
	expect((await hitrate('mark', '--delete', 'deploy')).stdout).toMatch(/^Deleted /);
	expect((await hitrate('mark')).stdout).toMatch(/^No marks\./);
	expect(await hitrate('mark', ' ')).toMatchObject({code: 2});
	expect(await hitrate('mark', '--delete')).toMatchObject({code: 2});
});

test('store: what is stored, checked, recounted, made smaller and forgotten', async () => {
	await hitrate('report', log);
	expect((await hitrate('store')).stdout).toMatch(/, 3 requests, 20 Nov 2026 10:00 to 20 Nov 2026 10:02\n/);
	expect((await json('store', '--json')).stores).toMatchObject([{sources: [log], requests: 3}]);
	expect(await hitrate('store', 'check', log)).toMatchObject({code: 0, stdout: `${log}: sound\n`});
	expect(await hitrate('store', 'rebuild')).toMatchObject({code: 0, stdout: `${log}: counted anew\n`});
	expect((await hitrate('store', 'vacuum')).stdout).toMatch(/bytes/);
	expect((await hitrate('store', 'forget', '--until', '2026-11-20T10:01')).stdout).toContain(
		'forgot what was before 2026-11-20T10:01:00.000Z',
	);
	expect((await json('store', '--json')).stores).toMatchObject([{requests: 2}]);
	expect((await hitrate('store', 'forget', log)).stdout).toBe(`${log}: forgot all 2 requests\n`);
	for (const words of [['burn'], ['forget'], ['forget', '--since', '2026-11-20', log], ['check', '/nowhere']]) {
		expect(await hitrate('store', ...words), words.join(' ')).toMatchObject({code: 2, stdout: ''});
	}
});

test('what needs no log: help, the version, texts for shells and Grafana', async () => {
	expect((await hitrate('--help')).stdout).toContain('hitrate report [SOURCE…]');
	expect((await hitrate('help', 'check')).stdout).toContain('--fail-if');
	expect((await hitrate('help', 'numbers')).stdout).toContain('token hit rate');
	expect((await hitrate('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
	expect((await hitrate('man')).stdout).toMatch(/^\.TH /m);
	expect((await hitrate('completions', 'bash')).stdout).toContain('complete -o default -F _hitrate hitrate');
	expect(JSON.parse((await hitrate('grafana')).stdout).panels.length).toBeGreaterThan(5);
	for (const words of [['man', 'page'], ['grafana', 'x'], ['completions', 'tcsh'], ['reprot'], ['report', '--nope']]) {
		expect(await hitrate(...words), words.join(' ')).toMatchObject({code: 2, stdout: ''});
	}
});

test('ship and fleet say what they need', async () => {
	expect((await hitrate('ship', log)).stderr).toContain('ship: name a ClickHouse');
	const servers = ['clickhouse+https://a/one', 'clickhouse+https://b/two'];
	expect((await hitrate('ship', ...servers, log)).stderr).toContain('one ClickHouse at a time');
	expect((await hitrate('fleet')).stderr).toContain('Choose from init, status, keep');
	expect((await hitrate('fleet', 'burn', servers[0] ?? '')).stderr).toContain('unknown action "burn"');
	expect((await hitrate('fleet', 'status')).stderr).toContain('name one ClickHouse');
	expect((await hitrate('fleet', 'init', '--print', servers[0] ?? '')).stdout).toContain('CREATE TABLE');
});
