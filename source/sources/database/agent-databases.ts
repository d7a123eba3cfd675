/** The SQLite databases of coding agents, as data: how to recognise one, and which of its rows are requests. */

/** Columns by table. */
export type Tables = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Rows to read, in the order of `mark`, a number or text that increases with new rows. Reads the rows after the mark of
 * the last row read, and those with the same mark again if rows may be changed later.
 */
type Query = {
	/** The table of the rows; each has its own mark. */
	readonly table: string;
	/** Selects rows from a mark on (`?1`); the first column is the mark. */
	readonly sql: string;
};

/** The database of an agent. */
export type AgentDatabase = {
	/** Written into the lines made from its rows, so that their format recognises them. */
	readonly name: string;
	/** The queries for the existing tables; undefined if the database is not this agent's. */
	readonly queries: (tables: Tables) => readonly Query[] | undefined;
};

const has = (tables: Tables, table: string, ...columns: readonly string[]): boolean =>
	columns.every(column => tables.get(table)?.has(column)) && tables.has(table);

/**
 * A database with requests in a single table.
 * @param columns of the table, which identify it
 * @param sql the query for the existing tables
 */
const ofTable = (
	name: string,
	table: string,
	columns: readonly string[],
	sql: (tables: Tables) => string,
): AgentDatabase => ({
	name,
	queries: tables => (has(tables, table, ...columns) ? [{table, sql: sql(tables)}] : undefined),
});

/** GitHub Copilot CLI (`session-store.db`, up to schema 8): one row per request, written immediately. */
const copilot = ofTable(
	'copilot',
	'assistant_usage_events',
	['id', 'session_id', 'input_tokens'],
	tables => `SELECT e.id AS mark, e.*, ${has(tables, 'sessions', 'id', 'cwd') ? 's.cwd' : 'NULL AS cwd'},
			${has(tables, 'sessions', 'id', 'branch') ? 's.branch' : 'NULL AS branch'}
		FROM assistant_usage_events e
		${has(tables, 'sessions', 'id') ? 'LEFT JOIN sessions s ON s.id = e.session_id' : ''}
		WHERE e.id > ?1 ORDER BY e.id`,
);

/** SQL for the name of a session's oldest ancestor, or its own: sub-agents are sessions with a parent. */
const rootOf = (sessions: string): string => `(WITH RECURSIVE up(id, parent_id, depth) AS (
		SELECT s.id, s.parent_id, 0
		UNION ALL SELECT p.id, p.parent_id, depth + 1 FROM ${sessions} p JOIN up ON p.id = up.parent_id WHERE depth < 16
	) SELECT id FROM up ORDER BY depth DESC LIMIT 1)`;

/**
 * OpenCode, and Kilo, whose database has the same schema: `session` and `message` since 1.2; in 2.x `session_v2` (at
 * first `session`) and `session_message`, with the older tables left as they were. An embedding host may add a prefix
 * to the names. A message is changed until its step has ended; the text of users and tools is not read.
 */
const openCode: AgentDatabase = {
	name: 'opencode',
	queries: tables => {
		const queries: Query[] = [];
		for (const table of tables.keys()) {
			const prefix = /^(.*?)(?:session_)?message$/.exec(table)?.[1];
			if (prefix === undefined || !has(tables, table, 'id', 'session_id', 'data', 'time_created')) {
				continue;
			}
			const isNew = table.endsWith('session_message');
			const names = isNew ? ['session_v2', 'session'] : ['session', 'session_v2'];
			const sessions = names.map(name => prefix + name).find(name => has(tables, name, 'id', 'parent_id'));
			if (sessions === undefined) {
				continue;
			}
			const mark = has(tables, table, 'time_updated') ? 'm.time_updated' : 'm.time_created';
			const newer = `${prefix}session_message`;
			const isStale =
				!isNew && tables.has(newer)
					? `AND NOT EXISTS (SELECT 1 FROM "${newer}" n WHERE n.session_id = m.session_id)`
					: '';
			queries.push({
				table,
				sql: `SELECT ${mark} AS mark, m.id, m.session_id, ${isNew ? 'm.type' : 'NULL AS type'}, m.time_created,
						CASE WHEN json_valid(m.data) THEN json_type(m.data, '$.summary') = 'true' END AS is_summary,
						s.directory, s.version, ${rootOf(`"${sessions}"`)} AS root_id,
						CASE WHEN json_valid(m.data) THEN json_remove(m.data, '$.content', '$.text', '$.summary', '$.recent') END AS data
					FROM "${table}" m LEFT JOIN "${sessions}" s ON s.id = m.session_id
					WHERE ${mark} >= ?1 ${isStale} ORDER BY ${mark}, m.rowid`,
			});
		}
		return queries.length > 0 ? queries : undefined;
	},
};

/** Goose (`sessions.db`): a ledger since schema 15; before that only sums without cache counts. */
const goose: AgentDatabase = {
	name: 'goose',
	queries: tables => {
		if (!has(tables, 'sessions', 'id', 'working_dir')) {
			return undefined;
		}
		const column = (name: string) => (has(tables, 'sessions', name) ? `s.${name}` : `NULL AS ${name}`);
		return has(tables, 'usage_ledger', 'session_id', 'input_tokens')
			? [
					{
						table: 'usage_ledger',
						sql: `SELECT l.rowid AS mark, l.*, s.working_dir, ${['parent_session_id', 'provider_name', 'model_config_json'].map(column).join(', ')}
							FROM usage_ledger l LEFT JOIN sessions s ON s.id = l.session_id
							WHERE l.rowid > ?1 ORDER BY l.rowid`,
					},
				]
			: [];
	},
};

/** ZCode (`cli/db/db.sqlite`): one row per call, completed when it has ended. */
const zcode = ofTable(
	'zcode',
	'model_usage',
	['session_id', 'model_id', 'completed_at'],
	tables => `SELECT u.completed_at AS mark, u.rowid AS row, u.*, ${has(tables, 'session', 'directory') ? 's.directory' : 'NULL AS directory'}
		FROM model_usage u ${has(tables, 'session', 'id') ? 'LEFT JOIN session s ON s.id = u.session_id' : ''}
		WHERE u.completed_at >= ?1 ORDER BY u.completed_at, u.rowid`,
);

/** Zed (`threads/threads.db`): one row per thread, whose document is rewritten with each message. */
const zed = ofTable(
	'zed',
	'threads',
	['id', 'updated_at', 'data_type', 'data'],
	tables => `SELECT t.updated_at AS mark, t.id, t.updated_at, t.data,
			${['parent_id', 'folder_paths', 'created_at'].map(name => (has(tables, 'threads', name) ? `t.${name}` : `NULL AS ${name}`)).join(', ')}
		FROM threads t WHERE t.updated_at >= ?1 ORDER BY t.updated_at, t.rowid`,
);

/**
 * Forge (`.forge.db`): one row per conversation, whose context is rewritten with each message. Only the positions of
 * the user's messages and the answers' usage are read, no text.
 */
const forge = ofTable(
	'forge',
	'conversations',
	['conversation_id', 'context', 'created_at', 'updated_at'],
	() => `SELECT coalesce(c.updated_at, c.created_at) AS mark, c.conversation_id, c.created_at, c.updated_at,
			CASE WHEN json_valid(c.context) THEN (
				SELECT json_object('messages', json_group_array(json_object(
					'model', json_extract(m.value, '$.message.text.model'),
					'usage', json_extract(m.value, '$.usage'))))
				FROM json_each(c.context, '$.messages') m
				WHERE CASE m.type WHEN 'object' THEN json_extract(m.value, '$.message.text.role') END IN ('User', 'Assistant')
			) END AS context
		FROM conversations c
		WHERE coalesce(c.updated_at, c.created_at) >= ?1 ORDER BY coalesce(c.updated_at, c.created_at), c.rowid`,
);

/**
 * GitHub Copilot Chat in VS Code (`agent-traces.db`): one row per span, written when it ends. As in its
 * chatMLFetcher.ts, a call's conversation is the name of its turn; a call with its session's name was made by Copilot
 * CLI or Claude Code inside VS Code, which log it themselves. Spans of agents and tools repeat the tokens of the calls
 * within them.
 */
const copilotChat = ofTable(
	'copilot-chat',
	'spans',
	['span_id', 'operation_name', 'end_time_ms', 'conversation_id', 'chat_session_id'],
	tables => {
		const attribute = (key: string, name: string) =>
			has(tables, 'span_attributes', 'span_id', 'key', 'value')
				? `(SELECT a.value FROM span_attributes a WHERE a.span_id = s.span_id AND a.key = '${key}') AS ${name}`
				: `NULL AS ${name}`;
		return `SELECT s.end_time_ms AS mark, s.*,
			${attribute('gen_ai.usage.cache_creation.input_tokens', 'cache_creation_tokens')},
			${attribute('copilot_chat.session_id', 'session_id')},
			${attribute('copilot_chat.parent_chat_session_id', 'parent_session_id')},
			${attribute('copilot_chat.debug_log_label', 'label')},
			${attribute('copilot_chat.debug_name', 'debug_name')}
		FROM spans s
		WHERE s.operation_name = 'chat' AND (s.chat_session_id IS NULL OR s.conversation_id IS NOT s.chat_session_id)
			AND s.end_time_ms >= ?1
		ORDER BY s.end_time_ms, s.rowid`;
	},
);

/** Hermes (`state.db`): sums by session, and by model and task in newer versions. */
const hermes: AgentDatabase = {
	name: 'hermes',
	queries: tables => {
		const newer = 'session_model_usage';
		if (has(tables, newer, 'session_id', 'model', 'api_call_count')) {
			return [{table: newer, sql: `SELECT u.rowid AS mark, u.* FROM ${newer} u WHERE 0 <= ?1 ORDER BY u.rowid`}];
		}
		return has(tables, 'sessions', 'api_call_count', 'input_tokens')
			? [{table: 'sessions', sql: 'SELECT s.rowid AS mark, s.* FROM sessions s WHERE 0 <= ?1 ORDER BY s.rowid'}]
			: undefined;
	},
};

/** A database is read by the first one that recognises its tables. */
export const agentDatabases: readonly AgentDatabase[] = [
	copilot,
	copilotChat,
	openCode,
	zcode,
	zed,
	hermes,
	goose,
	forge,
];
