import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

type Message = {readonly usage: JsonObject; readonly message: JsonObject};

const answerIn = (record: JsonObject): Message | undefined => {
	const message = record.type === 'message' ? objectOf(record.message) : undefined;
	const usage = message?.role === 'assistant' ? objectOf(message.usage) : undefined;
	return message && usage && {usage, message};
};

/** The identity of an entry, equal in copies: its id and time; before version 2 entries had no id. */
const identityOf = (record: JsonObject, {usage, message}: Message): string => {
	const {input, output, cacheRead, cacheWrite} = usage;
	const within =
		textOf(record.id) ?? [message.timestamp, message.model, input, cacheRead, cacheWrite, output].join(':');
	return `${within}:${record.timestamp}`;
};

const failures = new Set<unknown>(['error', 'aborted']);

/**
 * Sessions of pi and of agents based on it: OMP, OpenClaw, Prime Agent. Based on badlogic/pi-mono,
 * packages/coding-agent/docs/session.md: a fork copies its parent's entries with their ids and times.
 */
export const pi = recordFormat({
	name: 'pi',
	title: 'pi session (pi, OMP, OpenClaw, Prime Agent)',
	words: ['"message"', '"session"', '"compaction"', '_change"'],
	kinship: record => {
		const isHeader = record.type === 'session' && typeof record.timestamp === 'string' && typeof record.id === 'string';
		const usage = answerIn(record)?.usage;
		const isAnswer = usage !== undefined && typeof usage.input === 'number' && typeof record.timestamp === 'string';
		return isHeader || isAnswer
			? 'own'
			: typeof record.type === 'string' && 'timestamp' in record
				? 'neutral'
				: 'foreign';
	},
	beginning: () => ({session: '', project: '', thinking: '', opened: 0, isFork: false}),
	read: (record, state, {answer, event, rebuilt, sent, timeOf}) => {
		switch (record.type) {
			case 'session':
				state.session = textOf(record.id) ?? '';
				state.project = textOf(record.cwd) ?? '';
				state.opened = timeOf(record.timestamp) ?? 0;
				// `parentSession` since version 3, `branchedFrom` before.
				state.isFork = textOf(record.parentSession) !== undefined || textOf(record.branchedFrom) !== undefined;
				state.thinking = textOf(record.thinkingLevel) ?? '';
				break;
			case 'compaction':
				rebuilt();
				event('compaction');
				break;
			case 'model_change':
				event('model changed', textOf(record.modelId));
				break;
			case 'thinking_level_change':
				state.thinking = textOf(record.thinkingLevel) ?? '';
				event('thinking changed', state.thinking);
				break;
			case 'message': {
				const told = answerIn(record);
				const time = timeOf(record.timestamp);
				if (told) {
					const {usage, message} = told;
					answer({
						id: identityOf(record, told),
						time: time ?? timeOf(message.timestamp),
						start: timeOf(message.timestamp),
						thread: state.session || undefined,
						project: state.project || undefined,
						model: textOf(message.model),
						provider: textOf(message.provider),
						...(state.thinking && {settings: {thinking: state.thinking}}),
						// Entries older than the fork are its parent's, whose log has them as its own.
						...(state.isFork && time !== undefined && time < state.opened && {replica: true}),
						failed: failures.has(message.stopReason),
						usage: usageOfParts({
							input: toldCount(usage.input),
							read: toldCount(usage.cacheRead),
							written: optionalCount(usage.cacheWrite),
							output: toldCount(usage.output),
						}),
					});
				} else if (objectOf(record.message)?.role === 'user') {
					event('new turn');
				}
				break;
			}
		}
		if (record.type === 'message' && objectOf(record.message)?.role !== 'assistant') {
			sent(timeOf(record.timestamp));
		}
	},
});
