import type {Shape} from './shape.js';

/** Names for what was written that gateways put inside OpenAI's details of the prompt. */
const writesInDetails = (details: string) => [
	`${details}.cache_creation_tokens`,
	`${details}.cache_write_tokens`,
	`${details}.cache_creation_input_tokens`,
	`${details}.cached_write_tokens`,
	[`${details}.cache_creation.ephemeral_5m_input_tokens`, `${details}.cache_creation.ephemeral_1h_input_tokens`],
];

/** OpenAI's names and those of the many services that speak its language: the cache is inside the prompt. */
export const openAiShapes: readonly Shape[] = [
	{
		name: 'DeepSeek',
		source: 'https://api-docs.deepseek.com/guides/kv_cache',
		input: ['prompt_tokens'],
		tells: ['prompt_cache_hit_tokens', 'prompt_cache_miss_tokens'],
		read: ['prompt_cache_hit_tokens', 'prompt_tokens_details.cached_tokens'],
		missed: ['prompt_cache_miss_tokens'],
		output: ['completion_tokens'],
		contains: 'reads-and-writes',
	},
	{
		name: 'Helicone',
		source: 'https://github.com/Helicone/helicone/issues/4655',
		input: ['prompt_tokens'],
		tells: ['prompt_cache_read_tokens', 'prompt_cache_write_tokens'],
		read: ['prompt_cache_read_tokens'],
		write: ['prompt_cache_write_tokens'],
		output: ['completion_tokens'],
		total: ['total_tokens'],
		contains: 'by-provider',
		totalDecides: true,
	},
	{
		name: 'LiteLLM',
		source: 'https://docs.litellm.ai/docs/completion/prompt_caching',
		input: ['prompt_tokens'],
		tells: [
			'cache_read_input_tokens',
			'cache_creation_input_tokens',
			'prompt_tokens_details.cache_creation_tokens',
			'prompt_tokens_details.cache_creation_token_details',
		],
		read: ['cache_read_input_tokens', 'prompt_tokens_details.cached_tokens', 'cached_tokens'],
		write: ['cache_creation_input_tokens', ...writesInDetails('prompt_tokens_details'), 'cache_write_tokens'],
		writeOneHour: [
			'prompt_tokens_details.cache_creation_token_details.ephemeral_1h_input_tokens',
			'cache_creation.ephemeral_1h_input_tokens',
		],
		output: ['completion_tokens'],
		total: ['total_tokens'],
		contains: 'as-litellm',
	},
	{
		name: 'Chat completions',
		source: 'https://platform.openai.com/docs/guides/prompt-caching',
		input: ['prompt_tokens'],
		tells: ['completion_tokens', 'prompt_tokens_details'],
		read: ['prompt_tokens_details.cached_tokens', 'cached_tokens', 'prompt_cached_tokens'],
		write: [
			...writesInDetails('prompt_tokens_details'),
			'cache_write_tokens',
			'prompt_cache_creation_tokens',
		],
		writeOneHour: ['prompt_tokens_details.cache_creation.ephemeral_1h_input_tokens'],
		output: ['completion_tokens'],
		total: ['total_tokens'],
		contains: 'reads-and-writes',
		zerosLeftOut: ['prompt_tokens_details'],
	},
	{
		name: 'OpenAI Responses',
		source: 'https://platform.openai.com/docs/api-reference/responses',
		input: ['input_tokens'],
		tells: ['input_tokens_details'],
		read: ['input_tokens_details.cached_tokens'],
		write: [...writesInDetails('input_tokens_details'), 'cache_write_tokens'],
		output: ['output_tokens'],
		contains: 'reads-and-writes',
		zerosLeftOut: ['input_tokens_details'],
	},
	{
		name: 'OpenRouter generation',
		source: 'https://openrouter.ai/docs/api-reference/get-a-generation',
		input: ['native_tokens_prompt'],
		tells: ['native_tokens_completion', 'native_tokens_cached'],
		read: ['native_tokens_cached'],
		output: ['native_tokens_completion'],
		contains: 'reads-and-writes',
		incomplete: true,
	},
];
