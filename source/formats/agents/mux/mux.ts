import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfWhole} from '../../records/counts.js';
import {namesOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';

/** Splits `anthropic:claude-opus-4-8` into provider and model. */
export const splitModel = (text: string | undefined): {readonly provider?: string; readonly model?: string} => {
	const colon = text?.indexOf(':') ?? -1;
	return text === undefined || colon <= 0
		? {...(text && {model: text})}
		: {provider: text.slice(0, colon), model: text.slice(colon + 1)};
};

/** Writes are only in Anthropic's own metadata; for other providers, none are reported. */
const usageOf = (usage: JsonObject, metadata: JsonObject) => {
	const anthropic = objectOf(objectOf(metadata.providerMetadata)?.anthropic);
	return usageOfWhole({
		input: toldCount(usage.inputTokens),
		read: toldCount(usage.cachedInputTokens),
		written: optionalCount(anthropic?.cacheCreationInputTokens),
		output: toldCount(usage.outputTokens),
	});
};

/** Workspace and agent of `<workspace>/chat.jsonl` or `<workspace>/subagent-transcripts/<agent>/chat.jsonl`. */
const placeOf = (source: string) => {
	const [, folder, above, workspace] = namesOf(source);
	return above === 'subagent-transcripts' ? {thread: workspace, agent: folder} : {thread: folder, agent: 'main'};
};

/** Chats of Mux: `sessions/<workspace>/chat.jsonl`; `inputTokens` includes what was read and written. */
export const mux = recordFormat({
	name: 'mux',
	title: 'Mux chat',
	words: ['"metadata"'],
	kinship: record => {
		const metadata = objectOf(record.metadata);
		const isMessage = typeof record.role === 'string' && Array.isArray(record.parts) && metadata !== undefined;
		return isMessage && ('historySequence' in metadata || 'usage' in metadata)
			? 'own'
			: isMessage
				? 'neutral'
				: 'foreign';
	},
	beginning: () => ({}),
	read: (record, _state, {source, answer, event, sent, timeOf}) => {
		const metadata = objectOf(record.metadata) ?? {};
		const usage = record.role === 'assistant' ? objectOf(metadata.usage) : undefined;
		const time = timeOf(metadata.timestamp);
		if (usage) {
			answer({
				id: `${textOf(record.id) ?? ''}:${metadata.timestamp}`,
				time,
				...placeOf(source),
				...splitModel(textOf(metadata.model)),
				client: 'mux',
				usage: usageOf(usage, metadata),
			});
		} else if (record.role === 'user') {
			sent(time);
			event('new turn');
		}
	},
});
