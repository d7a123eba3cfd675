import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {folderOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';

const metadataOf = (record: JsonObject): JsonObject | undefined =>
	objectOf(objectOf(objectOf(objectOf(record.message)?.providerOptions)?.providerMetadata)?.positai);

/**
 * Conversations of Posit Assistant: `lm-messages.jsonl`. Based on the reader of kenn-io/agentsview: the input excludes
 * what was read and written. Messages are numbered per file, so their times are the identity.
 */
export const positAssistant = recordFormat({
	name: 'posit-assistant',
	title: 'Posit Assistant conversation',
	words: ['"positai"'],
	kinship: record =>
		metadataOf(record) ? 'own' : typeof objectOf(record.message)?.role === 'string' ? 'neutral' : 'foreign',
	beginning: () => ({}),
	read: (record, _state, {source, answer, event, sent, timeOf}) => {
		const metadata = metadataOf(record) ?? {};
		const role = objectOf(record.message)?.role;
		const usage = role === 'assistant' ? objectOf(metadata.usage) : undefined;
		const time = timeOf(metadata.timestamp);
		if (usage) {
			const oneHour = optionalCount(usage.cacheWrite1hTokens);
			answer({
				id: `${metadata.timestamp}:${metadata.modelId}:${usage.inputTokens}:${usage.outputTokens}`,
				time,
				thread: folderOf(source),
				model: textOf(metadata.modelId),
				provider: textOf(metadata.providerId),
				client: 'posit-assistant',
				usage: usageOfParts({
					input: toldCount(usage.inputTokens),
					read: toldCount(usage.cacheReadTokens),
					written: optionalCount(usage.cacheWriteTokens),
					writtenOneHour: oneHour,
					output: toldCount(usage.outputTokens),
				}),
			});
		} else if (role === 'user') {
			sent(time);
			event('new turn');
		}
	},
});
