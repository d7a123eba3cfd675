import {sanitize} from '../../text/sanitize.js';

/** `bedrock/us.anthropic.`: the gateway, the region and the maker. */
const prefix = /^(?:.*\/)?(?:(?:[a-z]{2,6}\.)?(?:anthropic|amazon|cohere|deepseek|meta|mistral)\.)?/;
/** `-20250929`, `-20250929-v1:0`: the release. */
const release = /[-@]20\d{6}(?:-v\d+(?::\d+)?)?$/;

/** A model's own name without its release, which only the page of models tells; safe to print. */
export const shortModel = (model: string | undefined): string => {
	if (model === undefined) {
		return 'n/a';
	}
	return sanitize(model.replace(prefix, '').replace(release, '') || model);
};

/** Short names for the models of one thread; whole ones where the short ones are the same. */
export const modelNames = (models: readonly string[]): ((model: string | undefined) => string) => {
	const isDistinct = new Set(models.map(shortModel)).size === models.length;
	return model => (isDistinct || model === undefined ? shortModel(model) : sanitize(model));
};

/** `claude-sonnet-4-5`, `claude-sonnet-4-5 +1`; the latest is named. */
export const modelsPhrase = (models: readonly string[]): string => {
	const [last] = models.slice(-1);
	return models.length > 1 ? `${shortModel(last)} +${models.length - 1}` : shortModel(last);
};
