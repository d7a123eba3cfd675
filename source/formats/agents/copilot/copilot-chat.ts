import {type JsonObject, textOf} from '../../json/json-values.js';
import {countOf, optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/** Maximum number of remembered models. */
const mostModels = 50;

type State = {
	/** Models for which reads were reported: if a later call reports none, nothing was read. */
	reading: string[];
};

/**
 * The input includes what was read and written. Reads are omitted if they are 0 or unknown; a call without input and
 * output failed.
 */
const usageOf = (row: JsonObject, tellsReads: boolean) => {
	const count = row.input_tokens === null && row.output_tokens === null ? optionalCount : toldCount;
	return usageOfWhole({
		input: count(row.input_tokens),
		read: optionalCount(row.cached_tokens) ?? (tellsReads ? 0 : undefined),
		written: optionalCount(row.cache_creation_tokens),
		output: count(row.output_tokens),
	});
};

/** The purpose of a call that does not answer the user. */
const sideOf = (row: JsonObject): string | undefined => textOf(row.label) ?? textOf(row.debug_name);

/**
 * Calls of GitHub Copilot Chat in VS Code, from `agent-traces.db`, which keeps a week if
 * `github.copilot.chat.otel.dbSpanExporter.enabled` is set. Based on microsoft/vscode-copilot-chat,
 * src/extension/prompt/node/chatMLFetcher.ts and src/platform/otel.
 */
export const copilotChat = recordFormat<State>({
	name: 'copilot-chat',
	title: 'GitHub Copilot Chat',
	words: ['"copilot-chat"'],
	kinship: record => (record.database === 'copilot-chat' ? 'own' : 'foreign'),
	// One element, since saved state has to be like this: an empty list would stand for empty lists only.
	beginning: () => ({reading: ['']}),
	read: (row, state, context) => {
		const {timeOf} = context;
		const model = textOf(row.response_model) ?? textOf(row.request_model);
		const parent = textOf(row.parent_session_id);
		const session = textOf(row.chat_session_id) ?? textOf(row.session_id);
		const side = sideOf(row);
		const isCompaction = side?.startsWith('summarizeConversationHistory') === true;
		if (model !== undefined && countOf(row.cached_tokens) && !state.reading.includes(model)) {
			state.reading = [...state.reading, model].slice(-mostModels);
		}
		const {answer, rebuilt, event} = context.in(session ?? '');
		answer({
			id: `${row.span_id}`,
			time: timeOf(row.end_time_ms),
			start: timeOf(row.start_time_ms),
			thread: parent ?? session,
			agent: isCompaction ? 'compaction' : (side ?? (parent === undefined ? 'main' : session)),
			model,
			provider: textOf(row.provider_name),
			client: 'copilot-chat',
			// A cancelled or refused call has no counts.
			failed: true,
			usage: usageOf(row, model !== undefined && state.reading.includes(model)),
		});
		if (isCompaction) {
			rebuilt();
			event('compaction');
		}
	},
});
