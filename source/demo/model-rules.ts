/** Caching rules and prices of a model. */
export type ModelRules = {
	/** True if the application marks what is cached; false if the provider caches automatically. */
	readonly marked: boolean;
	/** Minimum tokens of a cached prefix. */
	readonly minimum: number;
	/** Dollars per million tokens. */
	readonly input: number;
	readonly cacheRead: number;
	readonly cacheWrite: number;
	readonly output: number;
};

const sonnet: ModelRules = {marked: true, minimum: 1024, input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15};
const haiku: ModelRules = {marked: true, minimum: 4096, input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5};
const gpt5Mini: ModelRules = {marked: false, minimum: 1024, input: 0.25, cacheRead: 0.025, cacheWrite: 0.25, output: 2};

/**
 * Minimum sizes are from Anthropic's and OpenAI's pages on prompt caching. `kortix/…` are the backend's own aliases.
 */
export const modelRules = (model: string): ModelRules => {
	if (model.includes('gpt')) {
		return gpt5Mini;
	}

	return model.includes('haiku') || model === 'kortix/basic' ? haiku : sonnet;
};

/** True for models called through Bedrock, whose usage LiteLLM reported differently. */
export const isBedrock = (model: string): boolean => model.startsWith('bedrock/');
