import type {LocalTime} from '../../../time/stamp.js';
import {type JsonObject, objectOf, textAt, textOf} from '../../json/json-values.js';
import {View} from '../../json/view.js';
import {parseTime} from '../../times/log-time.js';
import {type Counts, countsAnything} from '../../usage/counts.js';
import {readUsage} from '../../usage/shapes/table.js';
import {providerOf, type Routing, routingOf} from './routing.js';

/** A call as logged by LiteLLM. */
export type Row =
	| {
			readonly kind: 'request';
			/** LiteLLM's id, the same in its payload and in its table. */
			readonly id: string;
			/** End of the call in epoch milliseconds; undefined if the row has no time. */
			readonly time: number | undefined;
			/** When the proxy received the call, in epoch milliseconds; undefined if unknown. */
			readonly start: number | undefined;
			readonly provider: string | undefined;
			readonly routing: Routing;
			readonly model: string;
			readonly thread: string | undefined;
			readonly project: string | undefined;
			readonly counts: Counts;
	  }
	/** LiteLLM answered from its own response cache: no model was called, and the usage is that of an earlier row. */
	| {readonly kind: 'answered-by-proxy'}
	| {readonly kind: 'failed'; readonly thread: string | undefined}
	/** A call without a prompt to cache: embeddings, images, speech. */
	| {readonly kind: 'without-prompt'};

/** Names that occur in every payload and row; other writers have an id, a model and times as well. */
const tellingNames = [
	'call_type',
	'custom_llm_provider',
	'model_group',
	'cache_hit',
	'response_cost',
	'spend',
] as const;
const leastTelling = 2;

const withoutPrompt = /embedding|image|moderation|transcription|speech|rerank|file|batch|ocr/;

/** Some payloads are logged inside the arguments of the callback that received them. */
const unpack = (value: JsonObject): JsonObject => objectOf(value.standard_logging_object) ?? value;

/** The table stores JSON columns as text. */
const jsonObject = (value: unknown): JsonObject | undefined => {
	if (typeof value !== 'string' || !value.startsWith('{')) {
		return objectOf(value);
	}
	try {
		return objectOf(JSON.parse(value));
	} catch {
		return undefined;
	}
};

const isRow = (row: JsonObject): boolean =>
	(textOf(row.request_id) ?? textOf(row.id)) !== undefined &&
	typeof row.model === 'string' &&
	('startTime' in row || 'endTime' in row) &&
	tellingNames.filter(name => name in row).length >= leastTelling;

const withoutNulls = (object: JsonObject | undefined): JsonObject =>
	Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== null));

/** The usage, from the most detailed place to the least. */
const countsOf = (row: JsonObject, metadata: JsonObject | undefined): Counts | undefined => {
	const details = objectOf(metadata?.usage_object) ?? objectOf(metadata?.additional_usage_values);
	const read = readUsage(
		new View({
			prompt_tokens: row.prompt_tokens,
			completion_tokens: row.completion_tokens,
			total_tokens: row.total_tokens,
			...withoutNulls(details),
		}),
	);
	return read && countsAnything(read.counts)
		? {...read.counts, incomplete: details === undefined || read.counts.incomplete}
		: undefined;
};

const modelOf = (row: JsonObject): string => {
	const model = String(row.model);
	const provider = textOf(row.custom_llm_provider);
	return provider === undefined || model === '' || model.startsWith(`${provider}/`) ? model : `${provider}/${model}`;
};

/** A session named by the caller takes precedence over LiteLLM's trace, which is generated otherwise. */
const threadOf = (row: JsonObject, metadata: JsonObject | undefined): string | undefined => {
	const requester = jsonObject(metadata?.requester_metadata);
	const names = ['session_id', 'thread_id', 'conversation_id'] as const;
	return (
		textAt(requester, ...names) ??
		textAt(metadata, ...names) ??
		// Claude Code puts its session into the user's id.
		/_session_([\w-]{8,64})$/.exec(textOf(requester?.user_id) ?? '')?.[1] ??
		textAt(row, 'session_id', 'trace_id') ??
		textAt(metadata, 'trace_id') ??
		textAt(requester, 'user_id')
	);
};

const projectOf = (metadata: JsonObject | undefined): string | undefined =>
	textAt(jsonObject(metadata?.requester_metadata), 'project', 'project_id') ??
	textAt(metadata, 'project', 'project_id', 'user_api_key_team_alias', 'user_api_key_alias', 'user_api_key_team_id');

/** Reads a StandardLoggingPayload or a row of LiteLLM_SpendLogs; undefined if the object is neither. */
export const readRow = (value: JsonObject, localTime: LocalTime): Row | undefined => {
	const row = unpack(value);
	if (!isRow(row)) {
		return undefined;
	}
	if (row.cache_hit === true || String(row.cache_hit).toLowerCase() === 'true') {
		return {kind: 'answered-by-proxy'};
	}
	if (withoutPrompt.test(String(row.call_type ?? ''))) {
		return {kind: 'without-prompt'};
	}
	const metadata = jsonObject(row.metadata);
	const counts = countsOf(row, metadata);
	// LiteLLM's own counts of a failed call are not the provider's.
	if (!counts || (counts.incomplete && (row.status ?? metadata?.status) === 'failure')) {
		return {kind: 'failed', thread: threadOf(row, metadata)};
	}
	return {
		kind: 'request',
		id: textAt(row, 'request_id', 'id') as string,
		time: parseTime(row.endTime, localTime) ?? parseTime(row.startTime, localTime),
		start: parseTime(row.startTime, localTime),
		provider: providerOf(row),
		routing: routingOf(row, metadata),
		model: modelOf(row),
		thread: threadOf(row, metadata),
		project: projectOf(metadata),
		counts,
	};
};
