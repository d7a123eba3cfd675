import type {Shape} from './shape.js';

const genAi = (...names: readonly string[]) => names.map(name => `gen_ai.usage.${name}`);
const openInference = (...names: readonly string[]) => names.map(name => `llm.token_count.${name}`);

const readNames = genAi(
	'cache_read.input_tokens',
	'cache_read_input_tokens',
	'cache_read_tokens',
	'input_tokens.cached',
	'input_tokens.cache_read',
	'cached_tokens',
	'input_cached_tokens',
	'input_cache_read_tokens',
	'cached_input_tokens',
	'details.cache_read_tokens',
	'details.cache_read_input_tokens',
	'details.cached_tokens',
);
const writeNames = genAi(
	'cache_creation.input_tokens',
	'cache_creation_input_tokens',
	'cache_creation_tokens',
	'cache_write.input_tokens',
	'cache_write_input_tokens',
	'cache_write_tokens',
	'input_tokens.cache_write',
	'input_tokens.cache_creation',
	'input_cache_write_tokens',
	'details.cache_write_tokens',
	'details.cache_creation_input_tokens',
);

/** Spans, events and exports of tracing: a missing cache attribute tells nothing. */
export const observabilityShapes: readonly Shape[] = [
	{
		// The conventions put the cache inside; where the parts exceed the input or the total proves it, it is apart.
		name: 'OpenTelemetry',
		source: 'https://opentelemetry.io/docs/specs/semconv/gen-ai/',
		input: genAi('input_tokens', 'prompt_tokens'),
		tells: genAi('input_tokens', 'prompt_tokens'),
		read: readNames,
		write: writeNames,
		output: genAi('output_tokens', 'completion_tokens'),
		total: genAi('total_tokens'),
		contains: 'reads-and-writes',
		totalDecides: true,
	},
	{
		name: 'OpenInference',
		source: 'https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md',
		input: openInference('prompt'),
		tells: openInference('prompt', 'completion'),
		read: openInference('prompt_details.cache_read', 'prompt_details.cached', 'prompt_details.cache_input'),
		write: openInference('prompt_details.cache_write'),
		output: openInference('completion'),
		total: openInference('total'),
		contains: 'reads-and-writes',
		totalDecides: true,
	},
	{
		name: 'AI SDK span',
		source: 'https://ai-sdk.dev/docs/ai-sdk-core/telemetry',
		input: ['ai.usage.inputTokens', 'ai.usage.promptTokens'],
		tells: ['ai.usage.inputTokens', 'ai.usage.promptTokens'],
		read: ['ai.usage.inputTokenDetails.cacheReadTokens', 'ai.usage.cachedInputTokens'],
		write: ['ai.usage.inputTokenDetails.cacheWriteTokens'],
		output: ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
		contains: 'by-provider',
	},
	{
		name: 'Codex telemetry',
		source: 'https://github.com/openai/codex/pull/2103',
		input: ['input_token_count'],
		tells: ['cached_token_count', 'reasoning_token_count'],
		read: ['cached_token_count'],
		output: ['output_token_count'],
		contains: 'reads-and-writes',
	},
	{
		// Its buckets do not overlap, but many writers do not subtract.
		name: 'Langfuse',
		source: 'https://langfuse.com/docs/observability/features/token-and-cost-tracking',
		under: ['usageDetails', 'usage_details'],
		input: ['input'],
		tells: ['output', 'total'],
		read: ['cache_read_input_tokens', 'input_cached_tokens', 'input_cache_read', 'input_cached', 'cached_tokens'],
		write: ['cache_creation_input_tokens', 'input_cache_creation', 'input_cache_write'],
		output: ['output'],
		total: ['total'],
		contains: 'nothing',
		totalDecides: true,
	},
	{
		name: 'PostHog',
		source: 'https://posthog.com/docs/llm-analytics/generations',
		input: ['$ai_input_tokens'],
		tells: ['$ai_output_tokens', '$ai_cache_read_input_tokens'],
		read: ['$ai_cache_read_input_tokens'],
		write: ['$ai_cache_creation_input_tokens'],
		output: ['$ai_output_tokens'],
		contains: 'by-provider',
		apart: '$ai_cache_reporting_exclusive',
	},
];
