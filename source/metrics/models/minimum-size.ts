import {byModel} from './by-model.js';
import {inMakersOrder} from './model-key.js';

/**
 * The smallest prompt prefix that a model caches, in tokens; marking smaller ones has no effect. From Anthropic's list
 * (platform.claude.com, prompt caching), and from OpenAI's and Google's documentation.
 */
const minimums: readonly (readonly [RegExp, number])[] = [
	[/opus-5|sonnet-5[.-]5|haiku-5[.-]5|fable-5|mythos-5/, 512],
	[/opus-4[.-]7|haiku-3|3[.-]5-haiku|3-haiku|mythos-preview/, 2048],
	[/opus-4[.-][56]|haiku-4[.-]5/, 4096],
	[/opus-4|sonnet-[45]|sonnet-3[.-]7|3[.-]7-sonnet/, 1024],
	[/gpt-|^o\d|\/o\d/, 1024],
	[/gemini-2[.-]5/, 2048],
	[/gemini-3/, 4096],
];

const lookUp = byModel(model => {
	const name = inMakersOrder(model.toLowerCase());
	return minimums.find(([pattern]) => pattern.test(name))?.[1];
});

/** The minimum in tokens; undefined for unknown models. */
export const minimumCacheable = (model: string | undefined): number | undefined =>
	model === undefined ? undefined : lookUp(model);

/** The minimum of most models, assumed for unknown ones. */
const defaultMinimum = 1024;

/** The minimum in tokens, with a default for unknown models. */
export const minimumOf = (model: string | undefined): number => minimumCacheable(model) ?? defaultMinimum;
