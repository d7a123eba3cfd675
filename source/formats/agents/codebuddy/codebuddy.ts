import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/** The first of several spellings that a usage has. */
const spelt = (usage: JsonObject, ...names: readonly string[]): unknown =>
	usage[names.find(name => usage[name] !== undefined) ?? ''];

/** The input includes what was read: it and the output are the total. */
const usageOf = (usage: JsonObject) =>
	usageOfWhole({
		input: toldCount(spelt(usage, 'prompt_tokens', 'input_tokens', 'inputTokens')),
		read: toldCount(
			spelt(
				usage,
				'prompt_cache_hit_tokens',
				'cache_read_input_tokens',
				'cacheReadInputTokens',
				'cached_tokens',
				'cacheTokens',
			),
		),
		written: optionalCount(
			spelt(usage, 'prompt_cache_write_tokens', 'cache_creation_input_tokens', 'cacheCreationInputTokens'),
		),
		output: toldCount(spelt(usage, 'completion_tokens', 'output_tokens', 'outputTokens')),
	});

/** The usage of an answer's line; the provider's own comes first. */
const toldBy = (record: JsonObject): JsonObject | undefined => {
	const provider = objectOf(record.providerData);
	return objectOf(provider?.rawUsage) ?? objectOf(provider?.usage) ?? objectOf(objectOf(record.message)?.usage);
};

const isAnswer = (record: JsonObject): boolean =>
	(record.type === 'message' && record.role === 'assistant') || record.type === 'function_call';

/**
 * Transcripts of Tencent's CodeBuddy and WorkBuddy: `projects/<folder>/<session>.jsonl`. Based on the readers of
 * junhoyeo/tokscale and getagentseal/codeburn: the lines of an answer, its text and each call of a tool, repeat its
 * usage.
 */
export const codeBuddy = recordFormat({
	name: 'codebuddy',
	title: 'CodeBuddy transcript (CodeBuddy, WorkBuddy)',
	words: ['"sessionId"'],
	kinship: record => {
		const isLine = typeof record.sessionId === 'string' && typeof record.timestamp === 'number';
		const isOwn = isAnswer(record) && objectOf(record.providerData) !== undefined;
		return isLine && isOwn ? 'own' : isLine && typeof record.type === 'string' ? 'neutral' : 'foreign';
	},
	beginning: () => ({}),
	read: (record, _state, {answer, event, sent, timeOf}) => {
		const time = timeOf(record.timestamp);
		const told = isAnswer(record) ? toldBy(record) : undefined;
		const provider = objectOf(record.providerData);
		if (told) {
			const session = textOf(record.sessionId);
			const name = textOf(provider?.messageId) ?? textOf(provider?.traceId) ?? textOf(record.id) ?? record.timestamp;
			answer({
				id: `${session}:${name}`,
				time,
				thread: session,
				agent: 'main',
				project: textOf(record.cwd),
				model: textOf(provider?.model) ?? textOf(provider?.requestModelId) ?? textOf(objectOf(record.message)?.model),
				client: 'codebuddy',
				failed: true,
				usage: usageOf(told),
			});
		} else if (record.type === 'message' && record.role === 'user') {
			event('new turn');
			sent(time);
		} else if (record.type === 'function_call_result') {
			sent(time);
		}
	},
});
