import type {Shape} from './shape.js';

/** Input and output alone: what was read from the cache is not told, whoever served the model. */
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
		output: ['output', 'completion', 'out'],
		total: ['total'],
		contains: 'by-provider',
		totalDecides: true,
	},
	{
		name: 'cached input tokens',
		source: 'https://platform.openai.com/docs/guides/prompt-caching',
		input: ['input_tokens'],
		tells: ['cached_tokens'],
		read: ['cached_tokens'],
		write: ['cache_write_tokens'],
		output: ['output_tokens'],
		contains: 'by-provider',
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
		name: 'input and output token counts',
		source: 'https://learn.microsoft.com/dotnet/api/microsoft.extensions.ai.usagedetails',
		input: ['input_token_count'],
		tells: ['output_token_count'],
		output: ['output_token_count'],
		contains: 'nothing',
	},
];
