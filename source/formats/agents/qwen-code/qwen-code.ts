import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/** Gemini's counts: the prompt includes cached tokens; thoughts, and tokens added by tools, are separate. */
const usageOf = (usage: JsonObject) => {
	const input = toldCount(usage.promptTokenCount);
	const byTools = optionalCount(usage.toolUsePromptTokenCount) ?? 0;
	return usageOfWhole({
		input: input === undefined ? undefined : input + byTools,
		read: toldCount(usage.cachedContentTokenCount),
		written: undefined,
		output: (toldCount(usage.candidatesTokenCount) ?? 0) + (optionalCount(usage.thoughtsTokenCount) ?? 0),
	});
};

/** The author of a record within the session. */
const agentOf = (record: JsonObject): string =>
	textOf(record.agentName) ?? textOf(record.agentId) ?? (record.isSidechain === true ? 'sidechain' : 'main');

/**
 * Chats of Qwen Code: `projects/<folder>/chats/<session>.jsonl`. Based on QwenLM/qwen-code,
 * packages/core/src/services/chatRecordingService.ts: `/branch` copies records with their uuids into a new session, so
 * the uuid alone is the identity; `ui_telemetry` records repeat the same requests.
 */
export const qwenCode = recordFormat({
	name: 'qwen-code',
	title: 'Qwen Code chat',
	words: ['"sessionId"'],
	kinship: record => {
		const isRecord = typeof record.uuid === 'string' && 'parentUuid' in record && typeof record.sessionId === 'string';
		const isOwn =
			objectOf(record.usageMetadata) !== undefined ||
			objectOf(record.systemPayload) !== undefined ||
			Array.isArray(objectOf(record.message)?.parts);
		return isRecord && isOwn ? 'own' : isRecord ? 'neutral' : 'foreign';
	},
	beginning: () => ({client: '', directory: ''}),
	read: (record, state, context) => {
		const {answer, event, rebuilt, sent, timeOf} = context.in(textOf(record.agentId) ?? agentOf(record));
		const time = timeOf(record.timestamp);
		const version = textOf(record.version);
		const client = version === undefined ? 'qwen-code' : `qwen-code ${version}`;
		if (state.client !== '' && state.client !== client) {
			event('client updated', client);
		}
		const directory = textOf(record.cwd) ?? state.directory;
		if (state.directory !== '' && state.directory !== directory) {
			event('working folder changed');
		}
		state.client = client;
		state.directory = directory;
		const usage = record.type === 'assistant' ? objectOf(record.usageMetadata) : undefined;
		if (usage) {
			answer({
				id: textOf(record.uuid) ?? `${record.sessionId}:${record.timestamp}`,
				time,
				thread: textOf(record.sessionId),
				agent: agentOf(record),
				...(record.agentName !== undefined && {agentId: textOf(record.agentId)}),
				project: textOf(record.cwd),
				branch: textOf(record.gitBranch) || undefined,
				model: textOf(record.model),
				client,
				...(objectOf(record.forkedFrom) && {replica: true}),
				usage: usageOf(usage),
			});
		} else if (record.subtype === 'chat_compression') {
			rebuilt();
			event('compaction');
		} else if (record.subtype === 'slash_command' || record.subtype === 'rewind') {
			event(record.subtype === 'rewind' ? 'rewind' : 'slash command');
		} else if (record.type === 'user' || record.type === 'tool_result') {
			sent(time);
			if (record.type === 'user') {
				event('new turn');
			}
		}
	},
});
