import {byModel} from './by-model.js';

/** Some clients append this to the name of a model with a context window of a million tokens. */
const contextMark = /\[1m\]$/i;

/** A model's name without the suffix for a large context window. */
export const withoutContextMark = (model: string): string => model.replace(contextMark, '');

/**
 * Cursor names the number before the family, and effort, thinking and speed behind it: `claude-4.5-opus-high-thinking`.
 */
const cursorsOrder =
	/^claude-([4-9])(?:[.-](\d))?-(haiku|opus|sonnet)(?:-(?:low|medium|high|xhigh|max|thinking))*(-fast)?$/;

/** A model's name in the order of its maker, `claude-opus-4-5`, where Cursor's differs. */
export const inMakersOrder = (model: string): string =>
	model.replace(
		cursorsOrder,
		(_, major: string, minor: string | undefined, family: string, fast: string | undefined) =>
			`${['claude', family, major, ...(minor === undefined ? [] : [minor])].join('-')}${fast ?? ''}`,
	);

/** A name of Claude that says that it ran in fast mode, as Cursor names it: `claude-opus-4-8-fast`. */
const fastClaude = /^(.*claude-.*)-fast$/i;

/** The model of a name that says that it ran in fast mode; undefined for any other name. */
export const modelInFastMode = (model: string): string | undefined => fastClaude.exec(model)?.[1];

const shorten = byModel(model =>
	inMakersOrder(
		withoutContextMark(model.toLowerCase().slice(model.lastIndexOf('/') + 1))
			.replace(/^(?:[a-z]{2,6}\.)?(?:anthropic|amazon|meta|mistral|cohere)\./, '')
			.replace(/(?:-v\d+)?:\w+$/, '')
			.replace(/[-@](?:20\d{6}|latest|default)$/, '')
			.replace(/(?<=^claude-.*\d)\.(?=\d)/, '-'),
	),
);

/**
 * A model's name without prefixes of gateways, dates and suffixes: logs call one model `anthropic/claude-sonnet-4.5`
 * and `claude-sonnet-4-5-20250929`. Empty if none is named.
 */
export const modelKey = (model: string | undefined): string => (model === undefined ? '' : shorten(model));
