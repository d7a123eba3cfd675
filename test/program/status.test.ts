import {spawn} from 'node:child_process';
import {readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import Database from 'libsql';
import {expect, test} from 'vitest';
import {cliPath, environment, type Ran, run, withFolder} from '../support/program.js';

const minute = 60_000;
const long = 'aaaaaaaa-1111-2222-3333-444444444444';
const short = 'bbbbbbbb-1111-2222-3333-444444444444';

/** A conversation that writes 20,000 tokens and then reads them with each turn, one a minute, the last one a minute ago. */
const transcript = (session: string, turns: number, end = Date.now()): string =>
	Array.from(
		{length: turns},
		(_, index) =>
			`${JSON.stringify({
				type: 'assistant',
				uuid: `${session}-${index}`,
				parentUuid: null,
				sessionId: session,
				version: '2.1.3',
				timestamp: new Date(end - (turns - index) * minute).toISOString(),
				requestId: `r-${session}-${index}`,
				message: {
					id: `m-${session}-${index}`,
					model: 'claude-sonnet-4-5',
					usage: {
						input_tokens: 0,
						cache_read_input_tokens: index > 0 ? 20_000 : 0,
						cache_creation_input_tokens: index > 0 ? 0 : 20_000,
						output_tokens: 5,
					},
				},
			})}\n`,
	).join('');

type Place = {
	readonly folder: string;
	/** The file that keeps what was read. */
	readonly store: () => string;
	readonly hitrate: (args: readonly string[], input?: string) => Promise<Ran>;
};

const withPlace = (body: (place: Place) => Promise<void>) =>
	withFolder(async folder => {
		const env = {XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config')};
		const kept = join(folder, 'data/hitrate');
		await body({
			folder,
			store: () => join(kept, readdirSync(kept).find(name => name.endsWith('.db')) ?? ''),
			hitrate: (args, input) => run(args, {cwd: folder, env, ...(input === undefined ? {} : {input})}),
		});
	});

/** Two sessions, read once. */
const withStore = (body: (place: Place) => Promise<void>) =>
	withPlace(async place => {
		writeFileSync(join(place.folder, 's.jsonl'), transcript(long, 15) + transcript(short, 5));
		expect((await place.hitrate(['report', 's.jsonl'])).code).toBe(0);
		await body(place);
	});

test('one line of the last day, from what was kept: the log is not read', async () => {
	await withStore(async ({folder, hitrate}) => {
		rmSync(join(folder, 's.jsonl'));
		const {stdout, stderr, code} = await hitrate(['status', 's.jsonl']);
		// 18 of 20 read 20,000 tokens at $0.30 instead of $3.00 a million; two wrote them at $3.75.
		expect(stdout).toMatch(/^hit rate 90\.0 % · saved \$0\.94 · lost \$0\.00 · 2 warm, next [1-4]:\d\d\n$/);
		expect({stderr, code}).toEqual({stderr: '', code: 0});
		expect((await hitrate(['status', 's.jsonl', '--ascii'])).stdout).toMatch(/^[\x20-\x7e]+\n$/);
	});
});

test('a line of the own, in its plain form and behind other flags, and figures that there are not', async () => {
	await withStore(async ({hitrate}) => {
		const template = '#[bold]{requests} {hit_rate} {tokens_saved} {cost} {breaks} {warm_tokens} {stake}';
		const line = '#[bold]20 90.0 % 360.0 k $0.26 0 40.0 k $0.14\n';
		expect((await hitrate(['status', './s.jsonl', '--format', template])).stdout).toBe(line);
		expect((await hitrate(['status', `--format=${template}`, '--log-file', 's.jsonl'])).stdout).toBe(line);
		expect((await hitrate(['status', '--format', '{age}', './s.jsonl'])).stdout).toMatch(/^\d+ (s|min)\n$/);
		const wrong = await hitrate(['status', '--format', '{hit_rate} {hits}', './s.jsonl']);
		expect(wrong).toMatchObject({code: 2, stdout: ''});
		expect(wrong.stderr).toMatch(/^hitrate: --format: unknown figure "\{hits\}"\. Choose from \{hit_rate\}, .*\n$/);
		expect((await hitrate(['status', '--format', '\u001b[31m{warm}\n\u202e', './s.jsonl'])).stdout).toMatch(
			/^[^\u001b\u202e\n]+\n$/,
		);
	});
});

test('a fleet has no status line, and says so instead of that nothing was read', async () => {
	await withPlace(async ({hitrate}) => {
		const fleet = 'clickhouse+http://127.0.0.1:1/hitrate';
		expect(await hitrate(['status', fleet])).toMatchObject({
			code: 0,
			stdout: 'cache n/a · a fleet has no status line\n',
			stderr: '',
		});
		expect((await hitrate(['status', fleet, '--format', '{lost}'])).stdout).toBe('n/a\n');
	});
});

test('the session that an agent hands over', async () => {
	await withStore(async ({hitrate}) => {
		const of = async (input: string) =>
			(await hitrate(['status', './s.jsonl', '--format', '{requests} {warm}'], input)).stdout;
		expect(await of(JSON.stringify({session_id: short, model: {id: 'claude-sonnet-4-5'}}))).toBe('5 1\n');
		expect(await of(JSON.stringify({session_id: 'cccccccc-1111-2222-3333-444444444444'}))).toBe('n/a n/a\n');
	});
});

test.each([
	['no JSON', '{"session_id": "bbbb'],
	['no object', 'null'],
	['no text', '{"session_id": {"length": 9}}'],
	['control characters', '{"session_id": "bbbbbbbb\\u001b[31m-1111"}'],
	['a piece that many threads hold', '{"session_id": "b"}'],
	['far too much', `{"session_id": "${short}", "more": "${'x'.repeat(200_000)}"}`],
	['deep nesting', '['.repeat(60_000)],
])('standard input that hands no session is as good as none: %s', async (_, input) => {
	await withStore(async ({hitrate}) => {
		expect(await hitrate(['status', './s.jsonl', '--format', '{requests}'], input)).toEqual({
			stdout: '20\n',
			stderr: '',
			code: 0,
		});
	});
});

test('standard input that nobody writes to or closes is not waited for', async () => {
	await withStore(async ({folder}) => {
		const child = spawn(process.execPath, [cliPath, 'status', './s.jsonl', '--format', '{requests}'], {
			cwd: folder,
			env: environment({XDG_DATA_HOME: join(folder, 'data')}),
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		let line = '';
		child.stdout.on('data', chunk => {
			line += chunk;
		});
		// It ends by itself although its input stays open.
		expect(await new Promise(resolve => child.on('close', resolve))).toBe(0);
		expect(line).toBe('20\n');
	});
});

test('without a store nothing is known, and none is made', async () => {
	await withPlace(async ({folder, hitrate}) => {
		const nothing = 'cache n/a · nothing read yet\n';
		for (const [source, stdout] of [
			['./none.jsonl', nothing],
			[folder, nothing],
			['-', 'cache n/a\n'],
		] as const) {
			expect(await hitrate(['status', source])).toEqual({stdout, stderr: '', code: 0});
		}
		expect(readdirSync(folder)).toEqual([]);
	});
});

test('where the last day is empty, when the latest request was', async () => {
	await withPlace(async ({folder, hitrate}) => {
		const threeDays = 3 * 24 * 60 * minute;
		writeFileSync(join(folder, 's.jsonl'), transcript(long, 5, Date.now() - threeDays - 120 * minute));
		expect((await hitrate(['report', 's.jsonl', '--quiet'])).code).toBe(0);
		expect((await hitrate(['status', './s.jsonl'])).stdout).toBe('cache n/a · last request 3 d 2 h ago\n');
	});
});

test('a store that is damaged, locked or of another program is n/a', async () => {
	await withStore(async ({folder, store, hitrate}) => {
		const status = () => hitrate(['status', './s.jsonl']);
		const unknown = {stdout: 'cache n/a\n', stderr: '', code: 0};
		const path = store();
		const other = new Database(path);
		other.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
		expect(await status()).toEqual(unknown);
		other.exec('ROLLBACK');
		other.close();
		renameSync(path, join(folder, 'aside'));
		for (const text of ['', 'no database at all '.repeat(1000)]) {
			writeFileSync(path, text);
			expect(await status()).toEqual(unknown);
		}
		rmSync(path);
		const strange = new Database(path);
		strange.exec('CREATE TABLE request (id)');
		strange.close();
		expect(await status()).toEqual(unknown);
	});
});

test('settings name the sources, and wrong ones do not keep the line from being printed', async () => {
	await withStore(async ({folder, hitrate}) => {
		const config = join(folder, 'config.json');
		writeFileSync(config, JSON.stringify({sources: [join(folder, 's.jsonl')]}));
		expect((await hitrate(['status', '--config', config])).stdout).toMatch(/^hit rate 90\.0 %/);
		writeFileSync(config, '{');
		expect(await hitrate(['status', '--config', config])).toMatchObject({stdout: 'cache n/a\n', code: 0});
	});
});
