/** Usage as LiteLLM's proxy puts it together: the tokens written are part of those of the prompt. */
export const usageObject = {
	prompt_tokens: 16_011,
	completion_tokens: 10,
	total_tokens: 16_021,
	prompt_tokens_details: {cached_tokens: 14_238, cache_creation_tokens: 1699},
	cache_read_input_tokens: 14_238,
	cache_creation_input_tokens: 1699,
};
/** When the call of `payload` ended, epoch milliseconds. */
export const endTime = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
/** One call as a callback of the proxy gets it, its `standard_logging_object`. */
export const payload = {
	id: 'chatcmpl-1',
	trace_id: 'trace-1',
	call_type: 'acompletion',
	status: 'success',
	model: 'claude-sonnet-4-5-20250929',
	model_group: 'sonnet',
	custom_llm_provider: 'anthropic',
	prompt_tokens: 16_011,
	completion_tokens: 10,
	total_tokens: 16_021,
	response_cost: 0.01,
	startTime: endTime / 1000 - 3,
	endTime: endTime / 1000,
	metadata: {usage_object: usageObject, user_api_key_team_alias: 'research'},
	cache_hit: null,
	messages: [{role: 'user', content: '{"usage": {"prompt_tokens": 5}}'}],
};
