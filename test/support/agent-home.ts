import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import Database from 'libsql';
import {agentLogs} from '../formats/records/agents.js';

/** What one agent keeps in a home folder: one request, to which another can be added as the agent does it. */
export type AgentInHome = {
	/** As the ids of its requests begin. */
	readonly format: string;
	/** Requests that are there before another is added. */
	readonly begun: number;
	readonly add: () => void;
	readonly close: () => void;
};

const began = Date.UTC(2026, 10, 20, 10);
const at = (second: number) => began + second * 1000;
const iso = (second: number) => new Date(at(second)).toISOString();
const json = JSON.stringify;

/** Where agents keep the logs of `agentLogs` that are files. */
const places: Readonly<Record<string, string>> = {
	pi: '.pi/agent',
	'qwen-code': '.qwen',
	'kimi-cli': '.kimi',
	'kimi-code': '.kimi-code',
	mux: '.mux',
	amp: '.local/share/amp',
	cline: '.config/Code/User/globalStorage',
	'cline-cli': '.cline/data',
};

const write = (path: string, text: string, flag: 'w' | 'a' = 'w'): void => {
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, text, {flag});
};

const lines = (path: string, format: string, record: (second: number) => unknown, first: readonly unknown[] = []) => {
	const text = (...records: readonly unknown[]) => records.map(one => `${json(one)}\n`).join('');
	write(path, text(...first, record(5)));
	return {format, begun: 1, add: () => write(path, text(record(65)), 'a'), close: () => {}};
};

/** Of a file that is one document: all of it comes at once. */
const document = (path: string, format: string, value: unknown): AgentInHome => {
	// The beginning of one that is not whole yet.
	write(path, '{"id": "T-1",\n');
	return {format, begun: 0, add: () => write(path, json(value, undefined, 2)), close: () => {}};
};

const filesOf = (home: string): readonly AgentInHome[] =>
	agentLogs.flatMap(({format, source, records}) => {
		const place = places[format.name];
		if (place === undefined) {
			return [];
		}
		const path = join(home, place, source);
		if (records.length === 1) {
			return document(path, format.name, records[0]);
		}
		write(path, `${json(records[0])}\n`);
		const more = records
			.slice(1)
			.map(record => `${json(record)}\n`)
			.join('');
		// Some begin with a header.
		const begun = ['pi', 'qwen-code', 'kimi-code'].includes(format.name) ? 0 : 1;
		return {format: format.name, begun, add: () => write(path, more, 'a'), close: () => {}};
	});

const older = (home: string): readonly AgentInHome[] => [
	lines(join(home, '.claude/projects/-home-ada-shop/s1.jsonl'), 'claude-code', second => ({
		type: 'assistant',
		parentUuid: null,
		sessionId: 's1',
		cwd: '/home/ada/shop',
		timestamp: iso(second),
		message: {
			id: `msg_${second}`,
			model: 'claude-sonnet-4-5',
			usage: {input_tokens: second, cache_creation_input_tokens: 900, cache_read_input_tokens: 0, output_tokens: 5},
		},
	})),
	lines(
		join(home, '.codex/sessions/2026/11/20/rollout-2026-11-20T10-00-00-c1.jsonl'),
		'codex',
		second => {
			const usage = {input_tokens: 100 * second, cached_input_tokens: 0, output_tokens: 5, total_tokens: 0};
			const info = {total_token_usage: usage, last_token_usage: {...usage, input_tokens: 500}};
			return {timestamp: iso(second), type: 'event_msg', payload: {type: 'token_count', info}};
		},
		[{timestamp: iso(0), type: 'session_meta', payload: {id: 'c1', cwd: '/home/ada/shop'}}],
	),
	lines(
		join(home, '.gemini/tmp/7e89/chats/session-2026.jsonl'),
		'gemini-cli',
		second => ({
			id: `m${second}`,
			timestamp: iso(second),
			type: 'gemini',
			model: 'gemini-2.5-flash',
			tokens: {input: 900, output: 5, cached: 0, thoughts: 0, tool: 0, total: 905},
		}),
		[{sessionId: 'g1', projectHash: '7e89', kind: 'main'}],
	),
];

/**
 * A database in the mode that its agent writes it in.
 * @param insert the statement that adds the request of that second
 */
const database = (
	path: string,
	format: string,
	{schema, insert}: {readonly schema: string; readonly insert: (second: number) => string},
): AgentInHome => {
	mkdirSync(dirname(path), {recursive: true});
	const agent = new Database(path);
	agent.exec(`PRAGMA journal_mode = WAL; ${schema}`);
	agent.exec(insert(5));
	return {format, begun: 1, add: () => agent.exec(insert(65)), close: () => void agent.close()};
};

const openCodeData = (second: number) =>
	json({
		role: 'assistant',
		modelID: 'claude-sonnet-4-5',
		providerID: 'anthropic',
		tokens: {input: second, output: 5, reasoning: 0, cache: {read: 0, write: 900}},
		time: {created: at(second - 2), completed: at(second)},
		finish: 'stop',
	});

const threadOf = (second: number) =>
	json({
		model: {provider: 'anthropic', model: 'claude-sonnet-4-5'},
		messages: second < 60 ? [{User: {id: 'u1'}}] : [{User: {id: 'u1'}}, {User: {id: 'u2'}}],
		request_token_usage: {
			u1: {input_tokens: 10, output_tokens: 5},
			...(second < 60 ? {} : {u2: {input_tokens: 20, output_tokens: 5}}),
		},
	});

/** A conversation of Forge after the answer of that second. */
const conversationOf = (second: number) => {
	const count = (actual: number) => ({actual});
	const answer = (input: number) => ({
		message: {text: {role: 'Assistant', content: 'an answer', model: 'gpt-5'}},
		usage: {
			prompt_tokens: count(input),
			completion_tokens: count(5),
			total_tokens: count(input + 5),
			cached_tokens: count(64),
		},
	});
	const question = {message: {text: {role: 'User', content: 'a question'}}};
	return json({
		conversation_id: 'c1',
		messages: [question, answer(900), ...(second < 60 ? [] : [question, answer(1000)])],
	});
};

const databasesOf = (home: string): readonly AgentInHome[] => [
	database(join(home, '.copilot/session-store.db'), 'copilot', {
		schema: `CREATE TABLE assistant_usage_events (id INTEGER PRIMARY KEY, session_id TEXT, model TEXT, input_tokens INTEGER,
			output_tokens INTEGER, cache_read_tokens INTEGER, cache_write_tokens INTEGER, created_at TEXT)`,
		insert: second =>
			`INSERT INTO assistant_usage_events VALUES (NULL, 's1', 'm', ${900 + second}, 5, 0, 800, '2026-11-20 10:00:05')`,
	}),
	database(join(home, '.local/share/opencode/opencode.db'), 'opencode', {
		schema: `CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT, version TEXT);
			CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
			INSERT INTO session VALUES ('s1', NULL, '/home/ada/shop', '1.17.13')`,
		insert: second =>
			`INSERT INTO message VALUES ('m${second}', 's1', ${at(second)}, ${at(second)}, '${openCodeData(second)}')`,
	}),
	database(join(home, '.local/share/goose/sessions/sessions.db'), 'goose', {
		schema: `CREATE TABLE sessions (id TEXT PRIMARY KEY, working_dir TEXT);
			CREATE TABLE usage_ledger (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, created_timestamp INTEGER,
				model TEXT, input_tokens INTEGER, output_tokens INTEGER, cache_read_tokens INTEGER, cache_write_tokens INTEGER,
				cost_source TEXT, is_compaction INTEGER);
			INSERT INTO sessions VALUES ('s1', '/home/ada/shop')`,
		insert: second =>
			`INSERT INTO usage_ledger VALUES (NULL, 's1', ${at(second) / 1000}, 'm', 10, 5, 0, 900, 'provider_reported', 0)`,
	}),
	database(join(home, '.zcode/cli/db/db.sqlite'), 'zcode', {
		schema: `CREATE TABLE model_usage (session_id TEXT, turn_id TEXT, model_id TEXT, status TEXT, input_tokens INTEGER,
			output_tokens INTEGER, cache_creation_input_tokens INTEGER, cache_read_input_tokens INTEGER, started_at INTEGER,
			completed_at INTEGER)`,
		insert: second =>
			`INSERT INTO model_usage VALUES ('s1', 't1', 'glm-5.2', 'completed', 900, 5, 0, 64, ${at(second - 2)}, ${at(second)})`,
	}),
	database(join(home, '.forge/.forge.db'), 'forge', {
		schema: `CREATE TABLE conversations (conversation_id TEXT PRIMARY KEY NOT NULL, title TEXT, workspace_id BIGINT NOT NULL,
			context TEXT, created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP, metrics TEXT)`,
		insert: second =>
			`INSERT OR REPLACE INTO conversations VALUES ('c1', NULL, 7, '${conversationOf(second)}', '2026-11-20 10:00:00.000001',
				'${iso(second).replace('T', ' ').replace('Z', '')}', NULL)`,
	}),
	database(join(home, '.config/Code/User/globalStorage/github.copilot-chat/agent-traces.db'), 'copilot-chat', {
		schema: `CREATE TABLE spans (span_id TEXT PRIMARY KEY, trace_id TEXT NOT NULL, parent_span_id TEXT, name TEXT NOT NULL,
				start_time_ms INTEGER NOT NULL, end_time_ms INTEGER NOT NULL, operation_name TEXT, provider_name TEXT,
				conversation_id TEXT, request_model TEXT, response_model TEXT, input_tokens INTEGER, output_tokens INTEGER,
				cached_tokens INTEGER, chat_session_id TEXT);
			CREATE TABLE span_attributes (span_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT, PRIMARY KEY (span_id, key))`,
		insert: second =>
			`INSERT INTO spans VALUES ('s${second}', 't', NULL, 'chat gpt-5', ${at(second - 2)}, ${at(second)}, 'chat', 'github',
				'turn-${second}', 'gpt-5', 'gpt-5', 900, 5, 64, 'session-1')`,
	}),
	database(join(home, '.local/share/zed/threads/threads.db'), 'zed', {
		schema: 'CREATE TABLE threads (id TEXT PRIMARY KEY, updated_at TEXT, data_type TEXT, data BLOB)',
		insert: second =>
			`INSERT OR REPLACE INTO threads VALUES ('s1', '${iso(second)}', 'json', CAST('${threadOf(second)}' AS BLOB))`,
	}),
];

/** What every agent keeps in a home folder. */
export const agentsIn = (home: string): readonly AgentInHome[] => [
	...older(home),
	...filesOf(home),
	...databasesOf(home),
];
