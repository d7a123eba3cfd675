import {sanitize} from '../../text/sanitize.js';

/** Gateway, region and vendor in front of a model's name, as in `bedrock/us.anthropic.`. */
const prefix = /^(?:.*\/)?(?:(?:[a-z]{2,6}\.)?(?:anthropic|amazon|cohere|deepseek|meta|mistral)\.)?/;
/** The release date or version at the end, as in `-20250929` or `-20250929-v1:0`. */
const release = /[-@]20\d{6}(?:-v\d+(?::\d+)?)?$/;

/** A model's name without vendor and release, which only the page of models shows. Safe to print. */
export const shortModel = (model: string | undefined): string => {
	if (model === undefined) {
		return 'n/a';
	}
	return sanitize(model.replace(prefix, '').replace(release, '') || model);
};

/** Short names for the models of a thread; full names if the short ones are the same. */
export const modelNames = (models: readonly string[]): ((model: string | undefined) => string) => {
	const isDistinct = new Set(models.map(shortModel)).size === models.length;
	return model => (isDistinct || model === undefined ? shortModel(model) : sanitize(model));
};

/** `claude-sonnet-4-5`, or `claude-sonnet-4-5 +1` for several models: the latest is named. */
export const modelsPhrase = (models: readonly string[]): string => {
	const [last] = models.slice(-1);
	return models.length > 1 ? `${shortModel(last)} +${models.length - 1}` : shortModel(last);
};
