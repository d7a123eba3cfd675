import {sanitize} from '../../output/sanitize.js';

/** A model without the gateway's prefix and the date of its release, which only the page of models tells; safe to print. */
export const shortModel = (model: string | undefined): string =>
	model === undefined
		? 'n/a'
		: sanitize(model.slice(model.lastIndexOf('/') + 1).replace(/[-@]20\d{6}(?:-v\d+(?::\d+)?)?$/, '')) || sanitize(model);

/** `claude-sonnet-4-5`, `claude-sonnet-4-5 +1`; the latest is named. */
export const modelsPhrase = (models: readonly string[]): string => {
	const [last] = models.slice(-1);
	return models.length > 1 ? `${shortModel(last)} +${models.length - 1}` : shortModel(last);
};

/** The last part of a project's path. */
export const projectName = (project: string): string => {
	const parts = project.split(/[\\/]/).filter(Boolean);
	return sanitize(parts.at(-1) ?? project);
};
