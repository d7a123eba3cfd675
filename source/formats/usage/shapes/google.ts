import type {Shape} from './shape.js';

/** Gemini's names; zeros are omitted, and thoughts and prompts of its own tools are counted separately. */
export const googleShapes: readonly Shape[] = [
	{
		name: 'Gemini',
		source: 'https://ai.google.dev/api/generate-content#UsageMetadata',
		input: [['promptTokenCount', 'toolUsePromptTokenCount']],
		tells: ['candidatesTokenCount', 'cachedContentTokenCount', 'totalTokenCount', 'thoughtsTokenCount'],
		read: ['cachedContentTokenCount'],
		output: [['candidatesTokenCount', 'thoughtsTokenCount']],
		contains: 'reads-and-writes',
		zerosLeftOut: ['promptTokenCount'],
	},
	{
		// Sums of a session often have similar names, so a specific one is required.
		name: 'Gemini Interactions',
		source: 'https://ai.google.dev/gemini-api/docs/interactions',
		input: ['total_input_tokens'],
		tells: ['total_cached_tokens', 'total_thought_tokens', 'input_tokens_by_modality'],
		read: ['total_cached_tokens'],
		output: [['total_output_tokens', 'total_thought_tokens']],
		contains: 'reads-and-writes',
		zerosLeftOut: ['total_input_tokens'],
	},
	{
		name: 'Gemini CLI telemetry',
		source: 'https://github.com/google-gemini/gemini-cli/blob/main/docs/cli/telemetry.md',
		input: [['input_token_count', 'tool_token_count']],
		tells: ['cached_content_token_count', 'thoughts_token_count'],
		read: ['cached_content_token_count'],
		output: [['output_token_count', 'thoughts_token_count']],
		contains: 'reads-and-writes',
		zerosLeftOut: ['input_token_count'],
	},
];
