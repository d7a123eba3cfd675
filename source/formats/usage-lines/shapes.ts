/** How each provider words its usage: one function a provider, tried in the order of the table below. */

import {type JsonObject, listOf, numberAt, numberOf, objectOf} from '../json/json-values.js';
import type {Counts} from './counts.js';

/** The counts of a usage object; undefined where it is not worded like this. */
type Shape = (usage: JsonObject) => Counts | undefined;

const sum = (...counts: readonly (number | undefined)[]): number =>
	counts.reduce<number>((total, count) => total + (count ?? 0), 0);

const has = (usage: JsonObject, ...names: readonly string[]): boolean =>
	names.some(name => usage[name] !== undefined && usage[name] !== null);

/** `usageMetadata`; its thoughts are output that `candidatesTokenCount` leaves out. Also as the Python SDK spells it. */
const gemini: Shape = usage => {
	const input = numberAt(usage, 'promptTokenCount', 'prompt_token_count');
	const output = numberAt(usage, 'candidatesTokenCount', 'candidates_token_count');
	const read = numberAt(usage, 'cachedContentTokenCount', 'cached_content_token_count');
	return input === undefined ||
		(output ?? read ?? numberAt(usage, 'totalTokenCount', 'total_token_count')) === undefined
		? undefined
		: {
				input,
				read,
				write: 0,
				output: sum(output, numberAt(usage, 'thoughtsTokenCount', 'thoughts_token_count')),
				contains: 'reads-and-writes',
			};
};

/** Gemini's Interactions API. Totals of a whole session are often named alike, so a name of its own is asked for. */
const interactions: Shape = usage =>
	has(usage, 'total_input_tokens') &&
	has(usage, 'total_cached_tokens', 'total_thought_tokens', 'input_tokens_by_modality')
		? {
				input: numberAt(usage, 'total_input_tokens'),
				read: numberAt(usage, 'total_cached_tokens'),
				write: 0,
				output: sum(numberAt(usage, 'total_output_tokens'), numberAt(usage, 'total_thought_tokens')),
				contains: 'reads-and-writes',
			}
		: undefined;

/** Vercel's AI SDK, whose input is the whole prompt. */
const aiSdk: Shape = usage => {
	const details = objectOf(usage.inputTokenDetails);
	return numberOf(usage.inputTokens) !== undefined && (details || has(usage, 'cachedInputTokens'))
		? {
				input: numberOf(usage.inputTokens),
				read: numberAt(details, 'cacheReadTokens') ?? numberOf(usage.cachedInputTokens),
				write: numberAt(details, 'cacheWriteTokens'),
				output: numberOf(usage.outputTokens),
				contains: 'reads-and-writes',
			}
		: undefined;
};

/** Bedrock's Converse; `cacheDetails` divides the writes by lifetime. */
const bedrock: Shape = usage =>
	numberOf(usage.inputTokens) !== undefined && has(usage, 'outputTokens', 'totalTokens', 'cacheReadInputTokens')
		? {
				input: numberOf(usage.inputTokens),
				read: numberAt(usage, 'cacheReadInputTokens', 'cacheReadInputTokenCount'),
				write: numberAt(usage, 'cacheWriteInputTokens', 'cacheWriteInputTokenCount'),
				writeOneHour: sum(
					...listOf(usage.cacheDetails)
						.map(objectOf)
						.filter(detail => detail?.ttl === '1h')
						.map(detail => numberOf(detail?.inputTokens)),
				),
				output: numberOf(usage.outputTokens),
				contains: 'nothing',
			}
		: undefined;

const deepSeek: Shape = usage => {
	const read = numberOf(usage.prompt_cache_hit_tokens);
	const missed = numberOf(usage.prompt_cache_miss_tokens);
	return read === undefined && missed === undefined
		? undefined
		: {
				input: read === undefined || missed === undefined ? numberOf(usage.prompt_tokens) : read + missed,
				read,
				write: 0,
				output: numberOf(usage.completion_tokens),
				contains: 'reads-and-writes',
			};
};

/**
 * OpenAI's chat, OpenRouter's and whoever follows them. LiteLLM adds Anthropic's names for the cache, by which it is
 * recognised. Embeddings have no completion tokens, and no cache.
 */
export const chat: Shape = usage => {
	const details = objectOf(usage.prompt_tokens_details);
	if (numberOf(usage.prompt_tokens) === undefined || !(details || has(usage, 'completion_tokens'))) {
		return undefined;
	}
	const reads = [usage.cache_read_input_tokens, details?.cached_tokens, usage.cached_tokens]
		.map(numberOf)
		.filter(count => count !== undefined);
	const written = numberAt(usage, 'cache_creation_input_tokens') ?? numberAt(details, 'cache_creation_tokens');
	const isLiteLlm = written !== undefined || has(usage, 'cache_read_input_tokens');
	return {
		input: numberOf(usage.prompt_tokens),
		// LiteLLM tells the reads twice, and one of the two may be a 0 that stands for nothing.
		read: reads.length > 0 ? (reads.find(count => count !== 0) ?? 0) : undefined,
		write: written ?? numberAt(details, 'cache_write_tokens') ?? numberOf(usage.cache_write_tokens),
		writeOneHour: numberAt(objectOf(details?.cache_creation_token_details), 'ephemeral_1h_input_tokens'),
		output: numberOf(usage.completion_tokens),
		total: numberOf(usage.total_tokens),
		contains: isLiteLlm ? 'as-litellm' : 'reads-and-writes',
	};
};

/** LangChain's `usage_metadata`, whose input is the whole prompt. */
const langChain: Shape = usage => {
	const details = objectOf(usage.input_token_details);
	return numberOf(usage.input_tokens) !== undefined && details
		? {
				input: numberOf(usage.input_tokens),
				read: numberOf(details.cache_read),
				write: numberOf(details.cache_creation),
				output: numberOf(usage.output_tokens),
				contains: 'reads-and-writes',
			}
		: undefined;
};

/** OpenAI's responses. */
const responses: Shape = usage => {
	const details = objectOf(usage.input_tokens_details);
	return numberOf(usage.input_tokens) !== undefined && (details || has(usage, 'cached_input_tokens'))
		? {
				input: numberOf(usage.input_tokens),
				read: numberAt(details, 'cached_tokens') ?? numberOf(usage.cached_input_tokens),
				write: numberAt(details, 'cache_write_tokens') ?? numberOf(usage.cache_write_tokens),
				output: numberOf(usage.output_tokens),
				contains: 'reads-and-writes',
			}
		: undefined;
};

/** Claude Code's telemetry speaks of creation and counts like Anthropic; Pydantic AI of writing, inside its input. */
const shortNames: Shape = usage =>
	numberOf(usage.input_tokens) !== undefined &&
	has(usage, 'cache_read_tokens', 'cache_creation_tokens', 'cache_write_tokens')
		? {
				input: numberOf(usage.input_tokens),
				read: numberOf(usage.cache_read_tokens),
				write: numberAt(usage, 'cache_creation_tokens', 'cache_write_tokens'),
				output: numberOf(usage.output_tokens),
				contains: has(usage, 'cache_creation_tokens') ? 'nothing' : 'reads-and-writes',
			}
		: undefined;

const anthropic: Shape = usage => {
	if (
		numberOf(usage.input_tokens) === undefined ||
		!has(usage, 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens')
	) {
		return undefined;
	}
	const created = objectOf(usage.cache_creation);
	const oneHour = numberAt(created, 'ephemeral_1h_input_tokens');
	return {
		input: numberOf(usage.input_tokens),
		read: numberOf(usage.cache_read_input_tokens),
		write:
			numberOf(usage.cache_creation_input_tokens) ??
			(created && sum(numberAt(created, 'ephemeral_5m_input_tokens'), oneHour)),
		writeOneHour: oneHour,
		output: numberOf(usage.output_tokens),
		contains: 'nothing',
	};
};

/** The wordings whose names are their own come before those that share names. */
const shapes: readonly Shape[] = [
	gemini,
	interactions,
	aiSdk,
	bedrock,
	deepSeek,
	chat,
	langChain,
	responses,
	shortNames,
	anthropic,
];

/** The counts of a usage object of any provider; undefined where it is none, or where nothing was counted. */
export const readUsage = (usage: JsonObject): Counts | undefined => {
	for (const shape of shapes) {
		const counts = shape(usage);
		if (counts) {
			return countsAnything(counts) ? counts : undefined;
		}
	}
	return undefined;
};

/** Whether a model did anything: a call that failed is often logged with zeros. */
export const countsAnything = ({input, read, write, output}: Counts): boolean =>
	[input, read, write, output].some(count => count !== undefined && count !== 0);
