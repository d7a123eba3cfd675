import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {check, type Deliver} from '../../../source/commands/check/check.js';
import {type CheckFlags, parseCheck} from '../../../source/commands/check/check-options.js';
import type {Flags} from '../../../source/session/defaults.js';
import {parseOptions} from '../../../source/session/options.js';
import {withFolder} from '../../support/program.js';

const written = {stdout: '', stderr: ''};

beforeEach(() => {
	// The marks of whoever runs the tests are none of theirs.
	vi.stubEnv('XDG_DATA_HOME', '/nonexistent');
	for (const stream of ['stdout', 'stderr'] as const) {
		written[stream] = '';
		vi.spyOn(process[stream], 'write').mockImplementation((text, ...rest: unknown[]) => {
			written[stream] += String(text);
			const done = rest.find(argument => typeof argument === 'function');
			done?.();
			return true;
		});
	}
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllEnvs();
});

const line = (time: number, event: string) =>
	`${new Date(time).toISOString().replace('Z', '456Z')} [info     ] ${event.padEnd(30)} lineno=1 thread_id=t\n`;

/** The first call of each log. */
const began = Date.now() - 3_600_000;

/** Calls of the last hour, one a second: what each read from the cache. */
const logOf = (reads: readonly number[]): string =>
	reads
		.map((read, index) => {
			const time = began + index * 1000;
			return (
				line(time, 'LLM API call: claude-sonnet-4-5 (2 messages)') +
				line(time + 100, `💰 Usage type: EXACT - prompt=20000, completion=5, cache_read=${read}, cache_creation=0`)
			);
		})
		.join('');

const twelve = logOf([...Array<number>(6).fill(0), ...Array<number>(6).fill(18_000)]);

const checked = async (log: string | undefined, flags: Flags & CheckFlags, deliver?: Deliver) => {
	let code = -1;
	await withFolder(async folder => {
		const path = join(folder, 'worker.log');
		if (log !== undefined) {
			writeFileSync(path, log);
		}
		const options = {...parseOptions([path], {...flags, store: false}, Date.now()), ...parseCheck(flags)};
		code = await check(options, deliver);
	});
	return {code, ...written};
};

test('one line says what failed by how much; exit 1', async () => {
	const {code, stdout} = await checked(twelve, {minHitRate: '70'});
	expect(code).toBe(1);
	expect(stdout).toMatch(/^FAILED \(24h, 12 requests\): Hit rate 50\.0 % is below 70 % \(by 20\.0 points\)\..*\n$/);
	expect(stdout.split('\n')).toHaveLength(2);
});

test('or that all hold; exit 0', async () => {
	const {code, stdout} = await checked(twelve, {minHitRate: '50', failIf: ['total_events < 12']});
	expect([code, stdout]).toEqual([
		0,
		'OK (24h, 12 requests): Hit rate 50.0 % is at least 50 %; Requests 12 are at least 12.\n',
	]);
});

test('a warning is said, and is no failure', async () => {
	const {code, stdout} = await checked(twelve, {minHitRate: '40', warnIf: ['hit_rate < 60']});
	expect(code).toBe(0);
	expect(stdout).toMatch(/^WARNING \(24h, 12 requests\): Hit rate 50\.0 % is below 60 %/);
});

test('a rule since a mark names the span since the mark, not the window of the check', async () => {
	// Between six calls and six: both sides of a mark are equally long.
	const marks = [{name: 'deploy 7', time: new Date(began + 6050).toISOString()}];
	const since = 'hit_rate < 70 since deploy';
	expect((await checked(twelve, {failIf: [since], minRequests: '1', marks})).stdout).toMatch(
		/^OK \(since deploy 7, 6 requests\): /,
	);
	written.stdout = '';
	expect((await checked(twelve, {failIf: [since, 'hit_rate < 40'], minRequests: '1', marks})).stdout).toMatch(
		/^OK \((?:24h, 12 requests; since deploy 7, 6 requests|since deploy 7, 6 requests; 24h, 12 requests)\): /,
	);
	written.stdout = '';
	// Without such a mark there is no span to name.
	expect((await checked(twelve, {failIf: ['hit_rate < 70 since rollback'], marks})).stdout).toMatch(
		/^UNKNOWN \(24h, 12 requests\): Hit rate is not judged: unknown mark/,
	);
});

test('too few requests, and nothing to read: exit 3', async () => {
	expect((await checked(logOf([1, 2, 3]), {minHitRate: '70'})).code).toBe(3);
	expect(written.stdout).toBe('UNKNOWN (24h, 3 requests): Hit rate is not judged: 3 requests, fewer than 10.\n');
	written.stdout = '';
	const {code, stdout, stderr} = await checked(undefined, {minHitRate: '70'});
	expect([code, stdout]).toEqual([3, '']);
	expect(stderr).toMatch(/^hitrate: .*worker\.log.*\n$/);
});

test('--nagios says it as a plugin, whatever went wrong', async () => {
	const found = await checked(twelve, {minHitRate: '70', nagios: true});
	expect(found).toMatchObject({code: 2, stdout: expect.stringMatching(/^CACHE CRITICAL - .* \| hit_rate=50%;;70:\n$/)});
	written.stdout = '';
	expect(await checked(undefined, {minHitRate: '70', nagios: true})).toMatchObject({
		code: 3,
		stdout: 'CACHE UNKNOWN - nothing could be read\n',
	});
	written.stdout = '';
	const badPrice = {minHitRate: '70', nagios: true, price: ['claude-sonnet-4-5=no-such-model']};
	expect(await checked(twelve, badPrice)).toMatchObject({
		code: 3,
		stdout: expect.stringMatching(/^CACHE UNKNOWN - --price: .*\n$/),
	});
});

test('--json: the verdicts as data, and nothing else on standard output', async () => {
	const {code, stdout} = await checked(twelve, {minHitRate: '70', warnIf: ['hit_rate drops 5'], json: true});
	expect(code).toBe(1);
	expect(JSON.parse(stdout)).toMatchObject({
		schema_version: 1,
		status: 'failed',
		total_events: 12,
		basis: 'measured',
		verdicts: [{rule: 'hit_rate < 70', state: 'failed', value: 50, limit: 70}],
		warnings: [{rule: 'hit_rate drops 5', state: 'unknown', value: null}],
		delivery: null,
	});
});

const notice = {channel: 'slack', kind: 'failed', incident: 'i1', text: 'Hit rate failed'} as const;

const delivering =
	(found: Partial<Awaited<ReturnType<Deliver>>>, told: unknown[] = []): Deliver =>
	async ({verdicts, report}) => {
		told.push({rules: verdicts.map(({rule, state}) => [rule, state]), window: report.window.name});
		return {sent: [], failed: [], wouldSend: [], ...found};
	};

test('--notify hands over the verdicts, not the warnings; a dead channel is named and changes no exit code', async () => {
	const told: unknown[] = [];
	const deliver = delivering({failed: [{...notice, reason: 'timed out', next: 5}]}, told);
	const found = await checked(twelve, {minHitRate: '70', warnIf: ['hit_rate < 90'], notify: true}, deliver);
	expect(told).toEqual([{rules: [['hit_rate < 70', 'failed']], window: '24h'}]);
	expect(found).toMatchObject({code: 1, stderr: 'hitrate: slack: timed out; it is tried again at the next check\n'});
	await checked(twelve, {minHitRate: '70'}, deliver);
	expect(told).toHaveLength(1);
});

test('the JSON reports the result', async () => {
	const flags = {minHitRate: '70', notify: true, json: true};
	const failed = [{...notice, channel: 'email', reason: 'refused', next: 0}];
	const {stdout} = await checked(twelve, flags, delivering({sent: [notice], failed}));
	expect(JSON.parse(stdout).delivery).toEqual({
		sent: [notice],
		failed: [{...notice, channel: 'email', reason: 'refused', next_try: '1970-01-01T00:00:00.000Z'}],
		would_send: [],
	});
});

test('--dry-run prints what would be sent', async () => {
	const flags = {minHitRate: '70', notify: true, dryRun: true};
	const {stdout} = await checked(twelve, flags, delivering({wouldSend: [notice]}));
	expect(stdout.split('\n').slice(1)).toEqual(['Would send to slack: failed: Hit rate failed', '']);
});

test('--test needs no rule, and is judged by what arrived', async () => {
	const flags = {notify: true, test: true};
	expect(await checked(twelve, flags, delivering({sent: [notice]}))).toMatchObject({
		code: 0,
		stdout: 'Sent a test to slack.\n',
	});
	const failed = [{...notice, reason: 'refused', next: undefined}];
	expect(await checked(twelve, flags, delivering({failed}))).toMatchObject({
		code: 1,
		stderr: 'hitrate: slack: refused\n',
	});
	expect((await checked(twelve, flags, delivering({}))).code).toBe(1);
});
