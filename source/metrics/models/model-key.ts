import {byModel} from './by-model.js';

/** Some clients append this to the name of a model with a context window of a million tokens. */
const contextMark = /\[1m\]$/i;

/** A model's name without the suffix for a large context window. */
export const withoutContextMark = (model: string): string => model.replace(contextMark, '');

const shorten = byModel(model =>
	withoutContextMark(model.toLowerCase().slice(model.lastIndexOf('/') + 1))
		.replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|amazon|meta|mistral|cohere)\./, '')
		.replace(/(?:-v\d+)?:\w+$/, '')
		.replace(/[-@](?:20\d{6}|latest|default)$/, '')
		.replace(/(?<=^claude-.*\d)\.(?=\d)/, '-'),
);

/**
 * A model's name without prefixes of gateways, dates and suffixes: logs call one model `anthropic/claude-sonnet-4.5`
 * and `claude-sonnet-4-5-20250929`. Empty if none is named.
 */
export const modelKey = (model: string | undefined): string => (model === undefined ? '' : shorten(model));
