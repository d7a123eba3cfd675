import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {countOf, tokensOf, toldCount, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

const updateOf = (record: JsonObject): JsonObject | undefined => {
	const update = objectOf(objectOf(record.params)?.update);
	return typeof update?.sessionUpdate === 'string' ? update : undefined;
};

/** The number of calls in a turn, over all its models. */
const callsOf = (usage: JsonObject): number | undefined => {
	const counts = Object.values(objectOf(usage.modelUsage) ?? {}).map(model => countOf(objectOf(model)?.modelCalls));
	return counts.length > 0 && counts.every(count => count !== undefined)
		? counts.reduce((sum, count) => sum + count, 0)
		: undefined;
};

/** Sessions of Grok Build: `updates.jsonl` has the sum of each turn, over up to a hundred calls. */
export const grok = recordFormat({
	name: 'grok',
	title: 'Grok Build session (sums)',
	words: ['turn_completed'],
	kinship: record =>
		record.method === 'session/update' && updateOf(record) ? 'own' : objectOf(record.params) ? 'neutral' : 'foreign',
	beginning: () => ({}),
	read: (record, _state, {sum}) => {
		const update = updateOf(record);
		const told = update?.sessionUpdate === 'turn_completed' ? objectOf(update.usage) : undefined;
		const params = objectOf(record.params);
		if (told) {
			const usage = usageOfWhole({
				input: toldCount(told.inputTokens),
				read: toldCount(told.cachedReadTokens),
				written: undefined,
				output: toldCount(told.outputTokens),
			});
			const turn = textOf(objectOf(params?._meta)?.promptId) ?? String(record.timestamp);
			sum({id: `${params?.sessionId}:${turn}`, thread: undefined, requests: callsOf(told), tokens: tokensOf(usage)});
		}
	},
});
