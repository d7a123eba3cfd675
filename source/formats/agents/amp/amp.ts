import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/**
 * For models of other vendors than Anthropic, what is logged as written to the cache is the part of the prompt that was
 * not read.
 */
const usageOf = (usage: JsonObject) => {
	const model = textOf(usage.model);
	const creation = optionalCount(usage.cacheCreationInputTokens);
	const isWritten = model === undefined || model.includes('claude');
	const input = toldCount(usage.inputTokens);
	return usageOfParts({
		input: isWritten ? input : (input ?? 0) + (creation ?? 0),
		read: toldCount(usage.cacheReadInputTokens),
		written: isWritten ? creation : undefined,
		output: toldCount(usage.outputTokens),
	});
};

/** Path of the folder in which the thread was started. */
const projectOf = (thread: JsonObject): string | undefined => {
	const [tree] = listOf(objectOf(objectOf(thread.env)?.initial)?.trees);
	const uri = textOf(objectOf(tree)?.uri);
	try {
		return uri?.startsWith('file://') ? decodeURIComponent(uri.slice('file://'.length)) : uri;
	} catch {
		return uri;
	}
};

/**
 * Threads of Amp: `threads/T-*.json`, each a document that is rewritten with every message. Based on the readers of
 * kenn-io/agentsview and junhoyeo/tokscale; `usageLedger` repeats the same requests.
 */
export const amp = recordFormat({
	name: 'amp',
	title: 'Amp thread',
	words: ['"messages"'],
	kinship: record =>
		typeof record.id === 'string' && record.id.startsWith('T-') && Array.isArray(record.messages) ? 'own' : 'foreign',
	isDocument: beginning =>
		/^\s*\{/.test(beginning) && /"id":\s*"T-[\w-]+"/.test(beginning) && /"messages":\s*\[/.test(beginning),
	beginning: () => ({}),
	read: (thread, _state, {answer, event, sent, timeOf}) => {
		const id = textOf(thread.id) ?? '';
		let latest = timeOf(thread.created);
		for (const message of listOf(thread.messages)) {
			const {messageId, role, content, usage: told, meta} = objectOf(message) ?? {};
			const sentAt = timeOf(objectOf(meta)?.sentAt);
			if (role === 'user') {
				sent(sentAt);
				if (listOf(content).some(part => objectOf(part)?.type === 'text')) {
					event('new turn');
				}
			}
			const usage = objectOf(told);
			latest = timeOf(usage?.timestamp) ?? sentAt ?? latest;
			if (usage) {
				answer({
					id: `${id}:${messageId}`,
					time: latest,
					thread: id,
					agent: 'main',
					project: projectOf(thread),
					model: textOf(usage.model),
					client: 'amp',
					usage: usageOf(usage),
				});
			}
		}
	},
});
