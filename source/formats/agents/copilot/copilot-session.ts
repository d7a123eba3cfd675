import {asObject, asText, type JsonObject} from '../../json/json-line.js';
import {countOf, tokensOf, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/** The calls that a model's metrics sum: a number, or an object with one. */
const callsOf = ({requests}: JsonObject): number | undefined => countOf(requests) ?? countOf(asObject(requests)?.count);

/**
 * Sessions of GitHub Copilot CLI: `session-state/<session>/events.jsonl`. Its end tells the sums of the session, by
 * model; they go on over the legs of a session that is resumed, and begin anew with a compaction. Where the database has
 * the session's requests they tell nothing new.
 */
export const copilotSession = recordFormat({
	name: 'copilot-session',
	title: 'GitHub Copilot CLI session (sums)',
	words: ['session.start', 'session.shutdown', 'session.compaction_complete'],
	kinship: record => {
		const isEvent = typeof record.type === 'string' && asObject(record.data) !== undefined && 'parentId' in record;
		return isEvent && /^(?:session|assistant|tool|user)\./.test(record.type as string)
			? 'own'
			: isEvent
				? 'neutral'
				: 'foreign';
	},
	beginning: () => ({session: '', leg: 0}),
	read: (record, state, {sum}) => {
		const data = asObject(record.data) ?? {};
		if (record.type === 'session.start') {
			state.session = asText(data.sessionId) ?? '';
		} else if (record.type === 'session.compaction_complete' && data.success !== false) {
			state.leg++;
		} else if (record.type === 'session.shutdown') {
			for (const [model, told] of Object.entries(asObject(data.modelMetrics) ?? {})) {
				const metrics = asObject(told) ?? {};
				const usage = asObject(metrics.usage);
				if (usage) {
					const tokens = usageOfWhole({
						input: countOf(usage.inputTokens),
						read: countOf(usage.cacheReadTokens),
						written: countOf(usage.cacheWriteTokens),
						output: countOf(usage.outputTokens),
					});
					sum({
						id: `${state.session}:${state.leg}:${model}`,
						thread: state.session || undefined,
						requests: callsOf(metrics),
						tokens: tokensOf(tokens),
					});
				}
			}
		}
	},
});
