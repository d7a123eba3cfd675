import type {Shape} from './shape.js';

/** The AI SDK's `providerMetadata`, under its names in several versions. */
const aiSdkBeside = {
	holders: ['providerMetadata', 'experimental_providerMetadata', 'ai.response.providerMetadata'],
	read: [
		'anthropic.cacheReadInputTokens',
		'bedrock.usage.cacheReadInputTokens',
		'openai.cachedPromptTokens',
		'azure.cachedPromptTokens',
		'google.usageMetadata.cachedContentTokenCount',
		'vertex.usageMetadata.cachedContentTokenCount',
		'deepseek.promptCacheHitTokens',
	],
	write: ['anthropic.cacheCreationInputTokens', 'bedrock.usage.cacheWriteInputTokens'],
};

/** Usage as libraries between an application and a provider convert it, with names of their own. */
export const frameworkShapes: readonly Shape[] = [
	{
		name: 'AI SDK 6, at the model',
		source: 'https://github.com/openai/openai-agents-js/issues/945',
		input: ['inputTokens.total', ['inputTokens.noCache', 'inputTokens.cacheRead', 'inputTokens.cacheWrite']],
		tells: ['inputTokens.noCache', 'inputTokens.cacheRead', 'inputTokens.cacheWrite'],
		read: ['inputTokens.cacheRead'],
		write: ['inputTokens.cacheWrite'],
		output: ['outputTokens.total', ['outputTokens.text', 'outputTokens.reasoning']],
		contains: 'reads-and-writes',
	},
	{
		name: 'AI SDK 6',
		source: 'https://github.com/getsentry/sentry-javascript/issues/21484',
		input: ['inputTokens'],
		tells: [
			'inputTokenDetails.noCacheTokens',
			'inputTokenDetails.cacheReadTokens',
			'inputTokenDetails.cacheWriteTokens',
		],
		read: ['inputTokenDetails.cacheReadTokens', 'cachedInputTokens'],
		write: ['inputTokenDetails.cacheWriteTokens'],
		output: ['outputTokens'],
		contains: 'reads-and-writes',
	},
	{
		// The prompt count includes what its provider's does.
		name: 'RubyLLM',
		source: 'https://rubyllm.com/chat/#tracking-token-usage',
		input: ['input_tokens'],
		tells: ['cached_tokens'],
		without: ['cache_read_input_tokens', 'cache_creation_input_tokens', 'cache_read_tokens'],
		read: ['cached_tokens'],
		write: ['cache_creation_tokens', 'cache_write_tokens'],
		output: ['output_tokens'],
		contains: 'by-provider',
	},
	{
		// If the writer sets the two lifetimes, it sets `cache_creation` to 0, so that nothing is counted twice.
		name: 'LangChain',
		source: 'https://github.com/langchain-ai/langchain/issues/32818',
		input: ['input_tokens'],
		tells: ['input_token_details', 'input_token_details.cache_read', 'input_token_details.cache_creation'],
		read: ['input_token_details.cache_read'],
		write: [
			['input_token_details.ephemeral_5m_input_tokens', 'input_token_details.ephemeral_1h_input_tokens'],
			'input_token_details.cache_creation',
		],
		writeOneHour: ['input_token_details.ephemeral_1h_input_tokens'],
		output: ['output_tokens'],
		total: ['total_tokens'],
		contains: 'reads-and-writes',
		totalDecides: true,
		zerosLeftOut: ['input_token_details'],
	},
];

/** Usage of frameworks with names that providers use as well. */
export const sharedFrameworkShapes: readonly Shape[] = [
	{
		name: 'AI SDK 5',
		source: 'https://github.com/vercel/ai/issues/8794',
		input: ['inputTokens'],
		tells: ['cachedInputTokens'],
		read: ['cachedInputTokens'],
		write: ['cache_write_tokens'],
		output: ['outputTokens'],
		contains: 'by-provider',
		beside: aiSdkBeside,
	},
	{
		name: 'AI SDK 4',
		source: 'https://github.com/vercel/ai/issues/4335',
		input: ['promptTokens'],
		tells: [],
		output: ['completionTokens'],
		contains: 'by-provider',
		beside: aiSdkBeside,
	},
	{
		name: 'Pydantic AI',
		source: 'https://ai.pydantic.dev/api/usage/',
		input: ['input_tokens'],
		tells: ['cache_read_tokens', 'cache_write_tokens'],
		read: ['cache_read_tokens'],
		write: ['cache_write_tokens'],
		output: ['output_tokens'],
		contains: 'reads-and-writes',
	},
	{
		name: 'Microsoft.Extensions.AI',
		source: 'https://learn.microsoft.com/dotnet/api/microsoft.extensions.ai.usagedetails',
		input: ['InputTokenCount'],
		tells: ['CachedInputTokenCount', 'AdditionalCounts', 'InputTokenDetails.CachedTokenCount'],
		read: [
			'CachedInputTokenCount',
			'InputTokenDetails.CachedTokenCount',
			'AdditionalCounts.CacheReadInputTokens',
			'AdditionalCounts.InputTokenDetails.CachedTokenCount',
		],
		write: ['AdditionalCounts.CacheCreationInputTokens'],
		output: ['OutputTokenCount'],
		total: ['TotalTokenCount'],
		contains: 'reads-and-writes',
		totalDecides: true,
	},
	{
		name: 'LangChain4j',
		source: 'https://docs.langchain4j.dev/integrations/language-models/anthropic',
		input: ['inputTokenCount'],
		tells: ['cacheReadInputTokens', 'cacheCreationInputTokens'],
		read: ['cacheReadInputTokens'],
		write: ['cacheCreationInputTokens'],
		output: ['outputTokenCount'],
		contains: 'nothing',
	},
	{
		name: 'LangChain4j, OpenAI',
		source: 'https://docs.langchain4j.dev/integrations/language-models/open-ai',
		input: ['inputTokenCount'],
		tells: ['inputTokensDetails', 'cachedContentTokenCount'],
		read: ['inputTokensDetails.cachedTokens', 'cachedContentTokenCount'],
		output: ['outputTokenCount'],
		contains: 'reads-and-writes',
		zerosLeftOut: ['inputTokensDetails'],
	},
];
