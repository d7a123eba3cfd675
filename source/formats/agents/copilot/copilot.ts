import {type JsonObject, textOf} from '../../json/json-values.js';
import {countOf, optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';
import {sqliteTime} from '../../records/sqlite-time.js';

/** `input_tokens` includes what was read and written (shown by `token_details_json`); a null count is unknown. */
const usageOf = (row: JsonObject) =>
	usageOfWhole({
		input: toldCount(row.input_tokens),
		read: toldCount(row.cache_read_tokens),
		written: optionalCount(row.cache_write_tokens),
		output: toldCount(row.output_tokens),
	});

const duration = (row: JsonObject): number => countOf(row.duration_ms) ?? 0;

/** Rows of GitHub Copilot CLI's `session-store.db`, one per request. The sums at the end of a session repeat them. */
export const copilot = recordFormat({
	name: 'copilot',
	title: 'GitHub Copilot CLI',
	words: ['"assistant_usage_events"'],
	kinship: record => (record.database === 'copilot' ? 'own' : 'foreign'),
	beginning: () => ({}),
	read: (row, _state, context) => {
		const {timeOf} = context;
		const time = timeOf(sqliteTime(row.created_at));
		const usage = usageOf(row);
		const isCompaction = row.initiator === 'compaction';
		const call = textOf(row.parent_tool_call_id);
		const named = textOf(row.agent_id);
		const agent = named ?? (call ? 'subagent' : undefined);
		const {answer, rebuilt, event} = context.in(`${row.session_id}:${named ?? call ?? ''}`);
		answer({
			id: `${row.session_id}:${row.id}`,
			time,
			...(time !== undefined && duration(row) > 0 && {start: time - duration(row)}),
			thread: textOf(row.session_id),
			agent: isCompaction ? 'compaction' : (agent ?? 'main'),
			...(named === undefined && call && {agentId: call}),
			project: textOf(row.cwd),
			branch: textOf(row.branch) || undefined,
			// The billed model; the other may be an alias for routing.
			model: textOf(row.copilot_usage_model) ?? textOf(row.model),
			client: 'copilot-cli',
			...(textOf(row.reasoning_effort) && {settings: {effort: row.reasoning_effort as string}}),
			// A row without counts is a failed attempt.
			failed: true,
			usage,
		});
		if (isCompaction) {
			rebuilt();
			event('compaction');
		} else if (row.initiator === 'user') {
			event('new turn');
		}
	},
});
