import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {namesOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';

/** The session and agent of `<session>/wire.jsonl` or `<session>/subagents/<agent>/wire.jsonl`. */
const placeOf = (source: string): {readonly session: string | undefined; readonly agent: string} => {
	const [, folder, above, session] = namesOf(source);
	return above === 'subagents' && folder ? {session, agent: folder} : {session: folder, agent: 'main'};
};

/**
 * Sessions of Kimi CLI: `sessions/<folder>/<session>/wire.jsonl`. Based on the fixtures of MoonshotAI/kimi-code,
 * packages/migration-legacy: protocol 1.3 to 1.10; no line names the model.
 */
export const kimiCli = recordFormat({
	name: 'kimi-cli',
	title: 'Kimi CLI session',
	words: ['StatusUpdate', 'TurnBegin', 'StepBegin', 'ToolResult', 'Compaction'],
	kinship: record => {
		const message = objectOf(record.message);
		const isEvent =
			typeof record.timestamp === 'number' &&
			typeof message?.type === 'string' &&
			objectOf(message.payload) !== undefined;
		return isEvent ? 'own' : record.type === 'metadata' ? 'neutral' : 'foreign';
	},
	beginning: () => ({}),
	read: (record, _state, context) => {
		const {source, timeOf} = context;
		const time = timeOf(record.timestamp);
		const {session, agent} = placeOf(source);
		/** @param nested a sub-agent whose event is in its parent's file */
		const read = (
			message: JsonObject,
			nested?: {readonly agent: string; readonly agentId: string | undefined},
		): void => {
			const {answer, event, rebuilt, sent} = context.in(nested ? (nested.agentId ?? nested.agent) : '');
			const payload = objectOf(message.payload) ?? {};
			switch (message.type) {
				case 'StatusUpdate': {
					const usage = objectOf(payload.token_usage);
					if (usage) {
						answer({
							id: `${textOf(payload.message_id) ?? session ?? ''}:${record.timestamp}`,
							time,
							thread: session,
							agent: nested?.agent ?? agent,
							...(nested?.agentId !== undefined && {agentId: nested.agentId}),
							client: 'kimi-cli',
							usage: usageOfParts({
								input: toldCount(usage.input_other),
								read: toldCount(usage.input_cache_read),
								written: optionalCount(usage.input_cache_creation),
								output: toldCount(usage.output),
							}),
						});
					}
					break;
				}
				case 'SubagentEvent': {
					const inner = objectOf(payload.event);
					if (inner && nested === undefined) {
						const agentId = textOf(payload.agent_id) ?? textOf(payload.parent_tool_call_id);
						read(inner, {agent: textOf(payload.subagent_type) ?? 'subagent', agentId});
					}
					break;
				}
				case 'CompactionBegin':
				case 'CompactionEnd':
					rebuilt();
					event('compaction');
					break;
				case 'TurnBegin':
					event('new turn');
					sent(time);
					break;
				case 'StepBegin':
				case 'ToolResult':
					sent(time);
					break;
			}
		};
		read(objectOf(record.message) ?? {});
	},
});
