import {listOf, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, tokensOf, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/**
 * Providers for which no writes are reported even if something was written (cline/cline,
 * sdk/packages/core/fixtures/session).
 */
const withoutWrites = new Set<unknown>(['cline', 'openrouter']);

/**
 * Sessions of Cline's command line and SDK 3: `sessions/<id>/<id>.messages.json`, which are rewritten. `inputTokens`
 * includes what was read and written. A fork copies messages with their ids, so the id alone is the identity.
 */
export const clineCli = recordFormat({
	name: 'cline-cli',
	title: 'Cline CLI session',
	words: ['"metrics"'],
	kinship: record => (Array.isArray(record.messages) && 'agent' in record && 'sessionId' in record ? 'own' : 'foreign'),
	isDocument: beginning =>
		/^\s*\{/.test(beginning) &&
		/"sessionId":\s*"/.test(beginning) &&
		/"agent":\s*"/.test(beginning) &&
		/"messages":\s*\[/.test(beginning),
	beginning: () => ({}),
	read: (session, _state, {answer, sum, event, sent, timeOf}) => {
		const agent = textOf(session.agent);
		for (const value of listOf(session.messages)) {
			const message = objectOf(value) ?? {};
			const time = timeOf(message.ts);
			const info = objectOf(message.modelInfo);
			const metrics = objectOf(message.metrics);
			if (message.role !== 'assistant') {
				sent(time);
				if (listOf(message.content).some(part => objectOf(part)?.type === 'text')) {
					event('new turn');
				}
				continue;
			}
			if (!metrics) {
				continue;
			}
			const written = optionalCount(metrics.cacheWriteTokens);
			const usage = usageOfWhole({
				input: toldCount(metrics.inputTokens),
				read: toldCount(metrics.cacheReadTokens),
				written: written === 0 && withoutWrites.has(info?.provider) ? undefined : written,
				output: toldCount(metrics.outputTokens),
			});
			const id = textOf(message.id) ?? `${session.sessionId}:${message.ts}`;
			if (info?.provider === 'unknown') {
				// The last message of a task started by the extension has the sums of the whole task.
				sum({id, thread: undefined, requests: undefined, tokens: tokensOf(usage)});
				continue;
			}
			answer({
				id,
				time,
				thread: textOf(session.sessionId),
				agent: agent === 'lead' ? 'main' : agent,
				model: textOf(info?.id),
				provider: textOf(info?.provider),
				client: 'cline-cli',
				usage,
			});
		}
	},
});
