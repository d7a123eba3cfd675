import type {Shape} from './shape.js';

/** Only input and output: cache reads are not reported, whatever the provider. */
export const plainShapes: readonly Shape[] = [
	{
		name: 'short names',
		source: 'https://opencode.ai/docs',
		under: ['tokens', 'token_usage', 'token_counts', 'usage'],
		sign: String.raw`oken(?:s|[_-]?[uU]sage|[_-]?[cC]ounts)\\*["']?\s?[:=]\s?(?:\w+\s?)?[[{(]`,
		input: ['input', 'prompt', 'in'],
		tells: ['cache_read', 'cache_write', 'cache_creation', 'cache.read', 'cache.write', 'cached', 'cached_input'],
		read: ['cache_read', 'cache.read', 'cached', 'cached_input'],
		write: ['cache_write', 'cache.write', 'cache_creation'],
		output: ['output', 'completion', 'out', 'candidates'],
		total: ['total'],
		contains: 'by-provider',
		totalDecides: true,
	},
	{
		// Names that people use in their own log statements for a provider's usage.
		name: 'input tokens and what the cache did',
		source: 'https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching',
		input: ['input_tokens', 'prompt_tokens'],
		// `cache_creation` alone is Anthropic's.
		tells: ['cache_read', 'cache_write', 'cache.read', 'cache.write', 'input_tokens_cache_read'],
		read: ['cache_read', 'cache.read', 'input_tokens_cache_read', 'cached_tokens'],
		write: [
			...['cache_write', 'cache.write', 'cache_creation', 'cache.creation'],
			...['input_tokens_cache_write', 'input_tokens_cache_creation'],
		],
		output: ['output_tokens', 'completion_tokens'],
		total: ['total_tokens'],
		contains: 'by-provider',
		totalDecides: true,
	},
	{
		name: 'input and output tokens',
		source: 'https://docs.anthropic.com/en/api/messages',
		input: ['input_tokens'],
		tells: ['output_tokens'],
		output: ['output_tokens'],
		contains: 'nothing',
	},
	{
		// `llm_` before each, in what its documentation calls the costs of a request.
		name: 'Envoy AI Gateway',
		source: 'https://aigateway.envoyproxy.io/docs/capabilities/traffic/usage-based-ratelimiting/',
		input: ['input_token'],
		tells: ['output_token', 'cached_input_token', 'total_token'],
		read: ['cached_input_token'],
		write: ['cache_creation_input_token'],
		output: ['output_token'],
		contains: 'reads-and-writes',
	},
	{
		name: 'tokens in and out',
		source: 'https://developers.cloudflare.com/ai-gateway/observability/logging/',
		input: ['tokens_in', 'in_tokens'],
		tells: ['tokens_out', 'out_tokens'],
		read: ['cache_read_tokens', 'cache_read', 'cached_tokens', 'tokens_cached', 'cache_reads'],
		write: ['cache_write_tokens', 'cache_write', 'cache_creation_tokens', 'cache_creation', 'cache_writes'],
		output: ['tokens_out', 'out_tokens'],
		contains: 'by-provider',
	},
	{
		name: 'input and output token counts',
		source: 'https://learn.microsoft.com/dotnet/api/microsoft.extensions.ai.usagedetails',
		input: ['input_token_count'],
		tells: ['output_token_count'],
		output: ['output_token_count'],
		contains: 'nothing',
	},
];
