import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {cliPath, environment, run, withFolder} from '../support/program.js';

const line = (minute: number, tokens = 2000) =>
	`2025-10-20T08:${minute}:30.123456Z [info     ] 🔥 Block 1: Cached system prompt (${tokens} tokens)\n`;

/** Runs in a folder with one good log. */
const inFolder = (body: (folder: string) => Promise<void>) =>
	withFolder(async folder => {
		writeFileSync(join(folder, 'good.log'), line(10));
		await body(folder);
	});

test.each([
	[['report', '--nonsense'], /^hitrate: unknown flag --nonsense\. See hitrate report --help\.$/m],
	[['report', '--days', 'seven'], /^hitrate: --days: "seven" is not a valid number of days/],
	[['--window', '2y'], /^hitrate: --window: "2y" is not a window\. Use a length like 15m, 6h, 7d or 2w, or all\./],
	[['report', '--since', 'yesteryear'], /^hitrate: --since: "yesteryear" is not a valid time/],
	[
		['report', '--format', 'x'],
		/^hitrate: --format: unknown format "x"\. Choose from agentpress, amp, cache-lines, claude-code/,
	],
	[['grafana', 'worker.log'], /^hitrate: grafana accepts no arguments\. See hitrate grafana --help\.$/m],
	[['man', 'check'], /^hitrate: man accepts no arguments\. See hitrate man --help\.$/m],
	[['store', 'nonsense'], /^hitrate: store: unknown action "nonsense"\. Choose from /],
	[['fleet', 'status', 'http://ch'], /^hitrate: not a valid ClickHouse address\./],
	[['report', '--tz', 'Mars'], /^hitrate: --tz: unknown time zone "Mars"/],
])('bad usage ends with 2: %j', async (args, message) => {
	const {code, stderr, stdout} = await run(args);
	expect(code).toBe(2);
	expect(stderr).toMatch(message);
	expect(stdout).toBe('');
});

describe('what cannot be read', () => {
	test('alone ends with 3 and one line that says what to do', async () => {
		await withFolder(async folder => {
			mkdirSync(join(folder, 'empty'));
			for (const [name, message] of [
				['missing.log', /^hitrate: missing\.log: no such file$/m],
				['empty', /^hitrate: empty: holds no logs/],
				['*.log', /^hitrate: \*\.log: matches no file/],
			] as const) {
				const {code, stderr, stdout} = await run(['report', name], {cwd: folder});
				expect(code).toBe(3);
				expect(stderr).toMatch(message);
				expect(stderr.trim().split('\n')).toHaveLength(1);
				expect(stdout).toBe('');
			}
			const nothing = await run(['report'], {cwd: folder});
			expect(nothing.code).toBe(3);
			expect(nothing.stderr).toMatch(/^hitrate: found no log\. Looked at: logs\/worker\.log, logs\/backend\.log/);
		});
	});

	test('next to what can: everything readable is counted', async () => {
		await inFolder(async folder => {
			writeFileSync(
				join(folder, 'picture.log'),
				Buffer.from(Array.from({length: 9000}, (_, index) => (index * 7) % 256)),
			);
			const {code, stderr, stdout} = await run(['report', '--json', 'good.log', 'missing.log', 'picture.log'], {
				cwd: folder,
			});
			expect(code).toBe(3);
			const json = JSON.parse(stdout);
			expect(json.total_events).toBe(1);
			expect(json.problems.map(({kind}: {kind: string}) => kind).sort()).toEqual(['binary', 'missing']);
			expect(stderr.trim().split('\n')).toHaveLength(2);
		});
	});
});

describe('what is named and only partly read', () => {
	const checks = ['check', '--min-requests', '1', '--fail-if'];

	test('a check that holds ends with 3; one that fails with 1', async () => {
		await inFolder(async folder => {
			for (const [limit, code] of [
				['hit_rate < 50', 3],
				['cache_hits < 2', 1],
			] as const) {
				const ran = await run([...checks, limit, '--window', 'all', 'good.log', 'missing.log'], {cwd: folder});
				expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining('missing.log')]);
			}
			expect((await run([...checks, 'cache_hits < 1', '--window', 'all', 'good.log'], {cwd: folder})).code).toBe(0);
			expect((await run(['prices', 'good.log', 'missing.log'], {cwd: folder})).code).toBe(3);
			expect((await run(['doctor', 'good.log', 'missing.log'], {cwd: folder})).code).toBe(3);
		});
	});

	test('a damaged .gz, and a command that fails half-way: the report, and 3', async () => {
		await inFolder(async folder => {
			const whole = gzipSync(readFileSync(join(folder, 'good.log')));
			writeFileSync(join(folder, 'old.log.gz'), whole.subarray(0, whole.length - 9));
			// Incompressible, so that the end is within a line whose beginning comes after the damage is known.
			const long = gzipSync(`${line(10)}${line(11)}${randomBytes(30_000).toString('base64')}\n`);
			writeFileSync(join(folder, 'cut.log.gz'), long.subarray(0, long.length >> 1));
			for (const args of [['old.log.gz'], ['cut.log.gz'], ['--exec', 'cat good.log; exit 7']]) {
				const {code, stdout} = await run(['report', '--json', ...args], {cwd: folder});
				expect(code).toBe(3);
				expect(JSON.parse(stdout).problems).toHaveLength(1);
			}
		});
	});

	test('a log of which nothing is recognised, and one that is empty', async () => {
		await inFolder(async folder => {
			const data = join(folder, 'data');
			writeFileSync(join(folder, 'other.log'), 'one\ntwo\n');
			writeFileSync(join(folder, 'new.log'), '');
			const other = await run(['report', '--json', 'other.log'], {cwd: folder, env: {XDG_DATA_HOME: data}});
			expect(other.code).toBe(3);
			expect(JSON.parse(other.stdout)).toMatchObject({total_events: 0, problems: [{kind: 'unrecognised'}]});
			expect(other.stderr).toMatch(/^hitrate: other\.log: hitrate recognises none of its lines/);
			expect(await run(['report', 'new.log'], {cwd: folder, env: {XDG_DATA_HOME: data}})).toMatchObject({
				code: 3,
				stderr: 'hitrate: new.log: is empty\n',
			});
			// Nothing was found that is worth a store.
			expect(readdirSync(join(data, 'hitrate'))).toEqual([]);
			await run(['report', 'good.log'], {cwd: folder, env: {XDG_DATA_HOME: data}});
			expect(readdirSync(join(data, 'hitrate')).filter(name => name.endsWith('.db'))).toHaveLength(1);
		});
	});

	test('what hitrate itself exported is no log', async () => {
		await inFolder(async folder => {
			writeFileSync(
				join(folder, 'usage.log'),
				'{"conversation_id":"c","model":"claude-sonnet-4-5","usage":{"input_tokens":5,"cache_read_input_tokens":9000,"cache_creation_input_tokens":7}}\n',
			);
			await run(['report', 'usage.log', '--export', 'report.json'], {cwd: folder});
			expect(await run(['report', 'report.json'], {cwd: folder})).toMatchObject({
				code: 3,
				stderr: expect.stringMatching(/^hitrate: report\.json: hitrate recognises none of its lines/),
			});
			const {stdout} = await run(['report', '--json', '.'], {cwd: folder});
			expect(JSON.parse(stdout).sources.map(({name}: {name: string}) => name)).not.toContain('report.json');
		});
	});

	test('standard input and a command that give nothing are empty, too', async () => {
		expect(await run(['report', '-'])).toMatchObject({code: 3, stderr: 'hitrate: stdin: is empty\n'});
		expect(await run(['report', '--exec', 'true'])).toMatchObject({code: 3, stderr: 'hitrate: true: is empty\n'});
	});

	test('a table of calls without a row, and one whose headings are not known', async () => {
		await inFolder(async folder => {
			writeFileSync(join(folder, 'calls.csv'), 'time,model,input_tokens,cache_read_input_tokens\n');
			expect(await run(['report', 'calls.csv'], {cwd: folder})).toMatchObject({
				code: 3,
				stderr: expect.stringMatching(/^hitrate: calls\.csv: hitrate finds no call in this table/),
			});
			const own = 'when,mdl,in_tok\n2026-11-29T07:00:00Z,claude-sonnet-4-5,900\n';
			writeFileSync(join(folder, 'own.csv'), own);
			const {stdout} = await run(['doctor', '--json', 'own.csv'], {cwd: folder});
			const [{says, next}] = JSON.parse(stdout).findings;
			expect(says).toContain('a table with the columns when, mdl, in_tok');
			// The headings that it names are read.
			const headings = /: ([a-z_,]+) \(or ([a-z_,]+) where/.exec(next)?.slice(1) ?? [];
			expect(headings).toHaveLength(2);
			for (const [index, heading] of headings.entries()) {
				const cells = heading
					.split(',')
					.map(name => ({time: '2026-11-29T07:00:00Z', model: 'm', session_id: 's'})[name] ?? '9');
				const name = `named-${index}.csv`;
				writeFileSync(join(folder, name), `${heading}\n${cells.join(',')}\n`);
				const read = await run(['report', '--json', name], {cwd: folder});
				expect(JSON.parse(read.stdout)).toMatchObject({total_events: 1, tokens: {cache_read: 9, output: 9}});
			}
		});
	});

	test('what the next step is where nothing of a pipe is recognised, and what doctor says of a missing log', async () => {
		await inFolder(async folder => {
			const piped = await run(['report', '-'], {cwd: folder, input: 'one\ntwo\n'});
			expect(piped.stderr).toMatch(/^hitrate: stdin: .* Run … \| hitrate doctor - for details\n$/);
			expect(piped.stdout).toContain('Run … | hitrate doctor - for details.');
			const missing = await run(['doctor', 'missing.log'], {cwd: folder});
			expect(missing.stdout).toMatch(/^What was read\n {2}missing\.log\n {4}not read\n/);
			expect(missing.stdout).toContain('! missing.log: no such file');
		});
	});

	test('a pipe that is not named is not read, and that is said', async () => {
		await inFolder(async folder => {
			const {code, stderr} = await run(['report'], {cwd: folder, input: line(1)});
			expect(code).toBe(3);
			expect(stderr).toContain('standard input only if it is named, as in: … | hitrate -');
		});
	});

	test('JSON says why it is empty', async () => {
		await inFolder(async folder => {
			const {code, stdout} = await run(['report', '--json', 'missing.log'], {cwd: folder});
			expect(code).toBe(3);
			expect(JSON.parse(stdout)).toMatchObject({total_events: 0, problems: [{kind: 'missing', name: 'missing.log'}]});
		});
	});
});

describe('bad content', () => {
	test('a 100 MB line, invalid UTF-8, NULs, an unfinished last line hide nothing', async () => {
		await withFolder(async folder => {
			const descriptor = openSync(join(folder, 'worker.log'), 'w');
			writeSync(descriptor, line(10));
			const chunk = Buffer.alloc(1 << 20, 'x 🔥 Block 1: ');
			for (let index = 0; index < 100; index++) {
				writeSync(descriptor, chunk);
			}
			writeSync(descriptor, `\n${line(11)}`);
			writeSync(descriptor, Buffer.from([0xff, 0xc3, 0x28, 0x0a, 0xf0, 0x9f, 0x0a]));
			writeSync(descriptor, line(12));
			writeSync(descriptor, line(13).trimEnd());
			const {code, stdout} = await run(['report', '--json', 'worker.log'], {cwd: folder});
			expect(code).toBe(0);
			const json = JSON.parse(stdout);
			expect(json.total_events).toBe(4);
			expect(json.problems).toMatchObject([{kind: 'line-too-long', count: 1}]);
		});
	});

	test('lines from the future and lines without a time are counted, and named by doctor', async () => {
		await withFolder(async folder => {
			writeFileSync(
				join(folder, 'worker.log'),
				`${line(10)}[info     ] 🔥 Block 1: Cached system prompt (3000 tokens)\n${line(11).replace('2025', '2099')}`,
			);
			expect(JSON.parse((await run(['report', '--json', 'worker.log'], {cwd: folder})).stdout)).toMatchObject({
				total_events: 3,
				skipped: {untimed: 1},
			});
			const {stdout} = await run(['doctor', 'worker.log'], {cwd: folder});
			expect(stdout).toContain('1 request lies in the future');
			expect(stdout).toContain('1 cache line without a time, counted at that of the line before');
		});
	});

	test('a log without times is in the window all, in no other, and nothing says 1970 or now', async () => {
		await withFolder(async folder => {
			const usage = '{"model":"claude-sonnet-4-5","usage":{"input_tokens":9,"cache_read_input_tokens":9000}}\n';
			writeFileSync(join(folder, 'app.log'), usage.repeat(2).replace('9,', '10,'));
			writeFileSync(join(folder, 'worker.log'), line(10));
			const report = async (...args: readonly string[]) =>
				(await run(['report', 'app.log', 'worker.log', ...args], {cwd: folder})).stdout;
			const all = JSON.parse(await report('--json'));
			expect(all).toMatchObject({total_events: 3, skipped: {untimed: 2}, window: {from: '2025-10-20T08:10:30.123Z'}});
			expect(all.cache_events.map(({timestamp}: {timestamp: string | null}) => timestamp)).toEqual([
				null,
				null,
				'2025-10-20T08:10:30.123Z',
			]);
			expect(all.tokens.cache_read).toBe(18_000);
			expect(JSON.parse(await report('--json', '--window', '36500d')).total_events).toBe(1);
			expect(await report()).toMatch(/Without a time +2 +in no window but all/);
			expect(await report('--window', '36500d')).toMatch(/Without a time +2 +not in this window, only in all/);
			expect(await report('--window', '1m')).toContain('2 requests without a time: only --window all holds them.');
		});
	});

	test('an escape sequence in a name or a model never reaches the terminal', async () => {
		await withFolder(async folder => {
			const evil = 'x\u001B]0;owned\u0007\u001B[2J';
			writeFileSync(
				join(folder, 'worker.log'),
				`${JSON.stringify({event: `LLM API call: evil/${evil.replace(' ', '')} (2 messages)`, timestamp: '2025-10-20T08:15:30.123456Z', thread_id: evil})}\n${JSON.stringify({event: '💰 Usage type: EXACT - prompt=9000, completion=5, cache_read=0, cache_creation=0', timestamp: '2025-10-20T08:15:31.123456Z', thread_id: evil})}\n`,
			);
			for (const args of [['report'], ['report', '--json'], ['doctor'], ['report', '--color']]) {
				const {stdout} = await run([...args, 'worker.log'], {cwd: folder});
				expect(stdout.length).toBeGreaterThan(100);
				expect(stdout).not.toMatch(/[\u001B\u0007]/);
			}
		});
	});
});

describe('pipes', () => {
	test('a closed pipe ends quietly', async () => {
		await inFolder(async folder => {
			const many = Array.from({length: 3000}, (_, index) =>
				line(10, index + 1000).replace('30.123456', `30.${100_000 + index}`),
			);
			writeFileSync(join(folder, 'many.log'), many.join(''));
			const child = spawn('sh', ['-c', `"${process.execPath}" "${cliPath}" report --json many.log | head -1`], {
				cwd: folder,
				env: environment(),
			});
			let output = '';
			let errors = '';
			child.stdout.on('data', data => {
				output += data;
			});
			child.stderr.on('data', data => {
				errors += data;
			});
			await new Promise(resolve => child.on('close', resolve));
			expect(output).toBe('{\n');
			expect(errors).toBe('');
		});
	});

	test('without a terminal, the live screen is the report', async () => {
		await inFolder(async folder => {
			const {stdout, code} = await run(['good.log'], {cwd: folder});
			expect(code).toBe(0);
			expect(stdout).toMatch(/Total requests +1\n/);
		});
	});

	test('in a C locale and with --ascii the report is 7-bit', async () => {
		await inFolder(async folder => {
			for (const options of [
				{args: ['--ascii'], env: {}},
				{args: [], env: {LC_ALL: 'C', LANG: undefined}},
			]) {
				const {stdout} = await run(['report', 'good.log', ...options.args], {cwd: folder, env: options.env});
				expect(stdout).toMatch(/^[\n -~]+$/);
			}
		});
	});
});

test('help and version', async () => {
	expect((await run(['--help'])).stdout).toContain('hitrate report [SOURCE…]');
	expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
