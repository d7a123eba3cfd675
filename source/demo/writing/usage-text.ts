/** The usage of a call as LiteLLM reports it. */
export type ReportedUsage = {
	/** Depending on provider and version, with or without the tokens written (see `promptTokens`). */
	readonly prompt: number;
	readonly completion: number;
	readonly total: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
};

/** LiteLLM's `Usage` object as Python prints it; the details of writes exist since 1.78. */
export const usageRepr = (usage: ReportedUsage, writeDetails: boolean): string => {
	const details = writeDetails
		? `, cache_creation_tokens=${usage.cacheWrite}, cache_creation_token_details=CacheCreationTokenDetails(ephemeral_5m_input_tokens=${usage.cacheWrite}, ephemeral_1h_input_tokens=0)`
		: '';
	return `Usage(completion_tokens=${usage.completion}, prompt_tokens=${usage.prompt}, total_tokens=${usage.total}, completion_tokens_details=None, prompt_tokens_details=PromptTokensDetailsWrapper(audio_tokens=None, cached_tokens=${usage.cacheRead}, text_tokens=None, image_tokens=None${details}), cache_creation_input_tokens=${usage.cacheWrite}, cache_read_input_tokens=${usage.cacheRead})`;
};

/** LiteLLM's usage as a Python dict. */
export const usageDict = (usage: ReportedUsage): string =>
	`{'prompt_tokens': ${usage.prompt}, 'completion_tokens': ${usage.completion}, 'total_tokens': ${usage.total}, 'completion_tokens_details': None, 'prompt_tokens_details': {'audio_tokens': None, 'cached_tokens': ${usage.cacheRead}, 'text_tokens': None, 'image_tokens': None}, 'cache_creation_input_tokens': ${usage.cacheWrite}, 'cache_read_input_tokens': ${usage.cacheRead}}`;
