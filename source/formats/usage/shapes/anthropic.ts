import type {Shape} from './shape.js';

/** Anthropic's own names, and those of services that count like it: the cache separately from the input. */
export const anthropicShapes: readonly Shape[] = [
	{
		name: 'Bedrock invocation log',
		source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
		input: ['input.inputTokenCount', 'inputTokenCount'],
		tells: [
			'input.cacheReadInputTokenCount',
			'input.cacheWriteInputTokenCount',
			'cacheReadInputTokenCount',
			'cacheWriteInputTokenCount',
			'output.outputTokenCount',
		],
		read: ['input.cacheReadInputTokenCount', 'cacheReadInputTokenCount'],
		write: ['input.cacheWriteInputTokenCount', 'cacheWriteInputTokenCount'],
		output: ['output.outputTokenCount', 'outputTokenCount'],
		contains: 'nothing',
	},
	{
		name: 'Bedrock headers',
		source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html',
		input: ['x-amzn-bedrock-input-token-count'],
		tells: ['x-amzn-bedrock-cache-read-input-token-count', 'x-amzn-bedrock-output-token-count'],
		read: ['x-amzn-bedrock-cache-read-input-token-count'],
		write: ['x-amzn-bedrock-cache-write-input-token-count'],
		output: ['x-amzn-bedrock-output-token-count'],
		contains: 'nothing',
	},
	{
		// In a stream of an OpenAI model on Bedrock, the writes are included, and its total counts them twice.
		name: 'Bedrock Converse',
		source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html',
		input: ['inputTokens'],
		tells: ['cacheWriteInputTokens', 'cacheReadInputTokenCount', 'cacheWriteInputTokenCount', 'cacheDetails'],
		read: ['cacheReadInputTokens', 'cacheReadInputTokenCount'],
		write: ['cacheWriteInputTokens', 'cacheWriteInputTokenCount'],
		writesByLifetime: 'cacheDetails',
		output: ['outputTokens'],
		total: ['totalTokens'],
		contains: 'apart-unless-openai',
		totalDecides: true,
	},
	{
		name: 'Claude Code telemetry',
		source: 'https://docs.anthropic.com/en/docs/claude-code/monitoring-usage',
		input: ['input_tokens'],
		tells: ['cache_creation_tokens'],
		read: ['cache_read_tokens'],
		write: ['cache_creation_tokens'],
		output: ['output_tokens'],
		contains: 'nothing',
	},
	{
		name: 'Anthropic Messages',
		source: 'https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching',
		input: ['input_tokens'],
		tells: ['cache_read_input_tokens', 'cache_creation_input_tokens', 'cache_creation'],
		read: ['cache_read_input_tokens'],
		write: [
			'cache_creation_input_tokens',
			['cache_creation.ephemeral_5m_input_tokens', 'cache_creation.ephemeral_1h_input_tokens'],
		],
		writeOneHour: ['cache_creation.ephemeral_1h_input_tokens'],
		output: ['output_tokens'],
		contains: 'nothing',
	},
];
