import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, toldCount, usageOfParts, usageOfWhole} from '../../records/counts.js';
import {recordFormat} from '../../records/record-format.js';

/**
 * LiteLLM's prompt includes what was read and written; agents that OpenHands drives over ACP report these apart, which
 * shows where they exceed it.
 */
const usageOf = (told: JsonObject) => {
	const parts = {
		input: toldCount(told.prompt_tokens),
		read: toldCount(told.cache_read_tokens),
		written: optionalCount(told.cache_write_tokens),
		output: toldCount(told.completion_tokens),
	};
	const {input = 0, read = 0, written = 0} = parts;
	return read + written > input ? usageOfParts(parts) : usageOfWhole(parts);
};

/** A call with its place in the conversation. */
type Call = {
	readonly told: JsonObject;
	/** The id of its response, else its place in the conversation. */
	readonly name: string;
	/** The purpose of the model: `agent`, `condenser`, or the name of a delegate. */
	readonly purpose: string;
	/** Epoch milliseconds; undefined if unknown. */
	readonly time: number | undefined;
	/** Milliseconds that the response took; undefined if unknown. */
	readonly took: number | undefined;
};

/**
 * The calls to the model of a purpose. A call has no time of its own; that of its cost is the time of its answer, if
 * every call had a cost.
 */
const callsOf = (
	conversation: string | undefined,
	purpose: string,
	metrics: JsonObject,
	timeOf: (value: unknown) => number | undefined,
): Call[] => {
	const usages = listOf(metrics.token_usages);
	const costs = listOf(metrics.costs);
	const latencies = new Map(
		listOf(metrics.response_latencies).map(value => {
			const {response_id, latency} = objectOf(value) ?? {};
			return [response_id, latency] as const;
		}),
	);
	return usages.map((value, index) => {
		const told = objectOf(value) ?? {};
		const latency = latencies.get(told.response_id);
		return {
			told,
			name: textOf(told.response_id) ?? `${conversation}/${purpose}/${index}`,
			purpose,
			time: costs.length === usages.length ? timeOf(objectOf(costs[index])?.timestamp) : undefined,
			took: typeof latency === 'number' && latency > 0 && latency < 1e6 ? latency * 1000 : undefined,
		};
	});
};

/** Metrics by the purpose of the model; older versions call it the service. */
const metricsIn = (state: JsonObject): JsonObject | undefined => {
	const stats = objectOf(state.stats);
	return objectOf(stats?.usage_to_metrics) ?? objectOf(stats?.service_to_metrics);
};

/**
 * Conversations of OpenHands: `conversations/<conversation>/base_state.json`, a document that is rewritten. Based on
 * OpenHands/software-agent-sdk, openhands/sdk/llm/utils/metrics.py: a usage per call, by the purpose of the model.
 */
export const openHands = recordFormat({
	name: 'openhands',
	title: 'OpenHands conversation',
	words: ['"usage_to_metrics"', '"service_to_metrics"'],
	kinship: record => (metricsIn(record) && record.agent ? 'own' : 'foreign'),
	isDocument: beginning =>
		/^\s*\{\s*"id":\s*"[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}",\s*"(?:agent|workspace)":\s*\{/.test(beginning) &&
		/"llm":\s*\{/.test(beginning),
	beginning: () => ({}),
	read: (state, _state, {answer, event, rebuilt, timeOf}) => {
		const calls = Object.entries(metricsIn(state) ?? {})
			.flatMap(([purpose, metrics]) => callsOf(textOf(state.id), purpose, objectOf(metrics) ?? {}, timeOf))
			.sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
		for (const {told, name, purpose, time, took} of calls) {
			const isCondenser = purpose === 'condenser';
			answer({
				id: [name, told.prompt_tokens, told.cache_read_tokens, told.completion_tokens].join(':'),
				time,
				...(time !== undefined && took !== undefined && {start: time - took}),
				thread: textOf(state.id),
				agent: isCondenser ? 'compaction' : purpose === 'agent' ? 'main' : purpose,
				project: textOf(objectOf(state.workspace)?.working_dir),
				model: textOf(told.model),
				client: 'openhands',
				failed: true,
				usage: usageOf(told),
			});
			if (isCondenser) {
				rebuilt();
				event('compaction');
			}
		}
	},
});
