/** Maps logged model names to names in the price data; gateways add prefixes to a model's own name. */

type ModelName = {
	/** As named in the price data; undefined if the model's own name has to identify it. */
	readonly provider: string | undefined;
	readonly model: string;
};

/** LiteLLM's prefixes that differ from the names in the price data. */
const providers: Readonly<Record<string, string>> = {
	bedrock: 'aws',
	bedrock_converse: 'aws',
	converse: 'aws',
	sagemaker: 'aws',
	vertex_ai: 'google',
	vertex_ai_beta: 'google',
	gemini: 'google',
	google: 'google',
	azure_ai: 'azure',
	xai: 'x-ai',
	together_ai: 'together',
	fireworks_ai: 'fireworks',
	moonshot: 'moonshotai',
};

/** Gateways whose model names include the vendor: `openrouter/anthropic/claude-haiku-4.5`. */
const keepsMaker = new Set(['openrouter', 'litellm']);

/** Splits a logged model name into the provider, if it names one, and the model's own name. */
export const splitModelName = (logged: string): ModelName => {
	const slash = logged.indexOf('/');
	if (slash < 0) {
		// Bedrock's own ids have no prefix: `us.anthropic.claude-sonnet-4-5-20250929-v1:0`.
		return {
			provider: /^(?:[a-z-]+\.)?(?:anthropic|amazon|meta|mistral|cohere)\./.test(logged) ? 'aws' : undefined,
			model: logged,
		};
	}
	const prefix = logged.slice(0, slash).toLowerCase();
	const rest = logged.slice(slash + 1);
	if (keepsMaker.has(prefix)) {
		return {provider: prefix, model: rest};
	}
	const provider = Object.hasOwn(providers, prefix) ? providers[prefix] : prefix;
	// `bedrock/converse/us.anthropic…`, `vertex_ai/publishers/anthropic/models/claude…`, `azure/deployment`
	return {provider, model: rest.slice(rest.lastIndexOf('/') + 1)};
};
