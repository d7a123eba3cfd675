import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {parsePostgresAddress} from '../../source/sources/postgres/address.js';
import {PostgresSource} from '../../source/sources/postgres/postgres-source.js';
import {Collected} from '../sources/collect.js';
import {run} from '../support/program.js';
import {type Postgres, postgresPrograms, startPostgres} from './postgres.js';

const programs = postgresPrograms();
const patience = {timeout: 60_000, interval: 50};
const begin = Date.UTC(2026, 10, 20, 10);
const second = 1000;

let folder = '';
let server: Postgres;
let database = 0;

beforeAll(async () => {
	if (programs) {
		folder = mkdtempSync(join(tmpdir(), 'hitrate-postgres-'));
		server = await startPostgres(programs, folder);
		await server.sql("CREATE ROLE reader LOGIN PASSWORD 'secret'");
	}
}, 120_000);

afterAll(() => {
	if (programs) {
		server.stop();
		rmSync(folder, {recursive: true, force: true});
	}
});

/** LiteLLM's table as its Prisma schema makes it, in a database of a test's own. */
const litellm = async () => {
	database++;
	const name = `litellm_${database}`;
	await server.sql(`CREATE DATABASE ${name}`);
	const sql = (text: string, values?: readonly unknown[]) => server.sql(text, values, name);
	await sql(`CREATE TABLE "LiteLLM_SpendLogs" (
		request_id text PRIMARY KEY, call_type text NOT NULL, api_key text NOT NULL DEFAULT '', spend double precision NOT NULL DEFAULT 0,
		total_tokens integer NOT NULL DEFAULT 0, prompt_tokens integer NOT NULL DEFAULT 0, completion_tokens integer NOT NULL DEFAULT 0,
		"startTime" timestamp(3) NOT NULL, "endTime" timestamp(3) NOT NULL, model text NOT NULL DEFAULT '', model_id text DEFAULT '',
		model_group text DEFAULT '', custom_llm_provider text DEFAULT '', api_base text DEFAULT '', metadata jsonb DEFAULT '{}',
		cache_hit text DEFAULT '', session_id text, status text, messages jsonb DEFAULT '{}', response jsonb DEFAULT '{}',
		proxy_server_request jsonb DEFAULT '{}'
	)`);
	await sql('CREATE INDEX ON "LiteLLM_SpendLogs" ("startTime")');
	await sql('GRANT SELECT ON "LiteLLM_SpendLogs" TO reader');
	/** A call of a session that reads `read` of 10,000 tokens from the cache and writes the rest. */
	const call = (id: string, start: number, {read = 9000, duration = 2 * second} = {}) => {
		const write = 10_000 - read;
		const usage = {
			prompt_tokens: 10_050,
			completion_tokens: 20,
			total_tokens: 10_070,
			prompt_tokens_details: {cached_tokens: read},
			cache_read_input_tokens: read,
			cache_creation_input_tokens: write,
		};
		return sql(
			`INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, "startTime", "endTime", model, model_group, custom_llm_provider,
				prompt_tokens, completion_tokens, total_tokens, metadata, cache_hit, session_id, status, messages, response)
			VALUES ($1, 'acompletion', $2::timestamptz AT TIME ZONE 'UTC', $3::timestamptz AT TIME ZONE 'UTC', 'anthropic/claude-sonnet-4-5',
				'sonnet', 'anthropic', 10050, 20, 10070, $4, 'None', 's', 'success', '["a secret prompt"]', '{"answer": "a secret answer"}')`,
			[
				id,
				new Date(start).toISOString(),
				new Date(start + duration).toISOString(),
				JSON.stringify({usage_object: usage}),
			],
		);
	};
	return {name, sql, call, address: `postgres://reader@127.0.0.1:${server.port}/${name}`};
};

const password = {PGPASSWORD: 'secret'};

/** Follows a table in this process, until the test ends. */
const follow = async (address: string, sink: Collected, options = {}) => {
	vi.stubEnv('PGPASSWORD', 'secret');
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	const source = new PostgresSource(parsePostgresAddress(address), {interval: 20, ...options});
	const stop = await source.follow(sink);
	onTestFinished(stop);
	return source;
};

const idsIn = (text: string): readonly string[] =>
	text
		.split('\n')
		.filter(line => line !== '')
		.map(line => (JSON.parse(line) as {request_id: string}).request_id);

describe.skipIf(!programs)('a LiteLLM database', () => {
	test('is reported exactly, more than a page of it, and nothing twice', async () => {
		const {address, sql, call} = await litellm();
		await call('first', begin, {read: 0});
		await sql(
			`INSERT INTO "LiteLLM_SpendLogs" (request_id, call_type, "startTime", "endTime", model, prompt_tokens, completion_tokens, metadata, model_group, custom_llm_provider, session_id)
			SELECT 'r' || n, 'acompletion', "startTime" + n / 10 * interval '1 second', "endTime" + n / 10 * interval '1 second', model, prompt_tokens, completion_tokens,
				jsonb_set(metadata, '{usage_object,cache_read_input_tokens}', '9000'), model_group, custom_llm_provider, 's' || n % 40
			FROM "LiteLLM_SpendLogs", generate_series(1, 4500) n`,
		);
		for (let reading = 0; reading < 2; reading++) {
			const {stdout, stderr, code} = await run(['report', '--json', '--no-events', address], {
				env: {...password, XDG_DATA_HOME: folder},
			});
			expect({stderr, code}).toEqual({stderr: '', code: 0});
			expect(JSON.parse(stdout)).toMatchObject({total_events: 4501, cache_hits: 4500, cache_misses: 1});
			expect(stdout).not.toContain('secret');
		}
	});

	test('rows are seen as they are written, also late ones that began before others', async () => {
		const {address, call} = await litellm();
		await call('a', begin);
		const seen = new Collected();
		const source = await follow(address, seen);
		expect(idsIn(seen.text)).toEqual(['a']);
		await call('b', begin + 60 * second);
		await vi.waitFor(() => expect(idsIn(seen.text)).toEqual(['a', 'b']), patience);
		// It took 90 seconds, and its row was written after that of a call that began later.
		await call('c', begin - 30 * second, {duration: 90 * second});
		await vi.waitFor(() => expect(idsIn(seen.text)).toEqual(['a', 'b', 'c']), patience);
		expect(seen.text).not.toContain('secret');
		expect(seen.text).toContain('"startTime":"2026-11-20T10:00:00+00:00"');
		// What is read on from there holds the new row; what was read before may come again.
		const mark = source.positionOf(source.log.id);
		await call('d', begin + 120 * second);
		const later = new Collected();
		await follow(address, later, {resume: mark});
		expect(idsIn(later.text)).toContain('d');
	});

	test('a server that goes away is reported, and read on from when it is back', async () => {
		const {address, call} = await litellm();
		await call('a', begin);
		const seen = new Collected();
		await follow(address, seen);
		server.stop();
		await vi.waitFor(() => expect(seen.kinds).toContain('watch-failed'), patience);
		server.start();
		await call('b', begin + second);
		await vi.waitFor(() => expect(idsIn(seen.text)).toEqual(['a', 'b']), patience);
	});

	test.each([
		['a wrong password', {PGPASSWORD: 'wrong'}, '', /refused the password; set PGUSER and PGPASSWORD/],
		['no password', {}, '', /asks for a password|refused the password/],
		['a missing table', password, '?table=spend_logs', /no table of spend logs; name it with \?table=NAME/],
	])('%s is one clear line', async (_, env, parameter, words) => {
		const {address} = await litellm();
		const {stdout, stderr, code} = await run(['report', `${address}${parameter}`], {
			env: {...env, XDG_DATA_HOME: join(folder, 'errors')},
		});
		expect(code).toBe(3);
		expect(`${stdout}${stderr}`).toMatch(words);
		expect(stderr).not.toMatch(/\n\s+at /);
	});

	test('a missing right and a missing database are one clear line', async () => {
		const {address, name, sql} = await litellm();
		await sql('REVOKE SELECT ON "LiteLLM_SpendLogs" FROM reader');
		const env = {...password, XDG_DATA_HOME: join(folder, 'rights')};
		const denied = await run(['report', address], {env});
		expect(denied.code).toBe(3);
		expect(`${denied.stdout}${denied.stderr}`).toContain('the user may not read the table');
		const missing = await run(['report', address.replace(name, 'nothing')], {env});
		expect(missing.code).toBe(3);
		expect(`${missing.stdout}${missing.stderr}`).toContain('no such database');
	});

	test('an older table without some columns, with zones, in another schema', async () => {
		const {address, sql} = await litellm();
		await sql('CREATE SCHEMA old');
		await sql(`CREATE TABLE old.logs AS SELECT request_id, call_type, "startTime"::timestamptz, "endTime"::timestamptz, model, prompt_tokens,
			completion_tokens, spend, custom_llm_provider, model_group, metadata FROM "LiteLLM_SpendLogs"`);
		await sql('GRANT USAGE ON SCHEMA old TO reader');
		await sql('GRANT SELECT ON old.logs TO reader');
		await sql(
			`INSERT INTO old.logs VALUES ('x', 'acompletion', '2026-11-20 12:00+02', '2026-11-20 12:00:03+02', 'claude-sonnet-4-5', 50, 5, 0, 'anthropic', 'g', '{"usage_object": {"prompt_tokens": 5000, "completion_tokens": 5, "cache_read_input_tokens": 4000}}')`,
		);
		const seen = new Collected();
		await follow(`${address}?table=old.logs`, seen);
		expect(JSON.parse(seen.text)).toMatchObject({request_id: 'x', startTime: '2026-11-20T10:00:00+00:00'});
	});

	test('it is read only', async () => {
		const {address} = await litellm();
		vi.stubEnv('PGPASSWORD', 'secret');
		const {connect} = await import('../../source/sources/postgres/connect.js');
		const connection = await connect(parsePostgresAddress(address));
		onTestFinished(() => connection.close());
		await expect(
			connection.query('CREATE TEMPORARY TABLE t (a int); INSERT INTO "LiteLLM_SpendLogs" (request_id) VALUES (1)'),
		).rejects.toThrow(/read-only/);
	});
});
