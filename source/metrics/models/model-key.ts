import {byModel} from './by-model.js';

/** Some clients mark a model that is used with a context of a million tokens: it is no part of the name. */
const contextMark = /\[1m\]$/i;

/** A model's name without the mark of a context of a million tokens. */
export const withoutContextMark = (model: string): string => model.replace(contextMark, '');

const shorten = byModel(model =>
	withoutContextMark(model.toLowerCase().slice(model.lastIndexOf('/') + 1))
		.replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|amazon|meta|mistral|cohere)\./, '')
		.replace(/(?:-v\d+)?:\w+$/, '')
		.replace(/[-@](?:20\d{6}|latest|default)$/, '')
		.replace(/(?<=^claude-.*\d)\.(?=\d)/, '-'),
);

/**
 * A model's name without what gateways, dates and context marks add to it: logs of one conversation call one model
 * `anthropic/claude-sonnet-4.5` and `claude-sonnet-4-5-20250929`. Empty if none is named.
 */
export const modelKey = (model: string | undefined): string => (model === undefined ? '' : shorten(model));
