/** How the caches of a model's provider work: who marks prefixes, and how long they live. */

import {byModel} from '../models/by-model.js';

const minute = 60_000;

/**
 * `marked`: the request marks prefixes, and the provider reports writes. `automatic`: the provider caches by itself and
 * may not report writes. `unknown`: the model's name does not tell.
 */
type CacheFamily = 'marked' | 'automatic' | 'unknown';

const marking = /claude|anthropic/i;
/** OpenAI, Google, DeepSeek, xAI, Moonshot. */
const selfFilling = /gpt|codex|(?:^|\/)o\d|gemini|deepseek|grok|kimi|moonshot/i;

const familyOf = byModel(
	(model): CacheFamily => (marking.test(model) ? 'marked' : selfFilling.test(model) ? 'automatic' : 'unknown'),
);

/** The kind of cache that a model has, judged by its name. */
export const cacheFamily = (model: string | undefined): CacheFamily =>
	model === undefined ? 'unknown' : familyOf(model);

/**
 * True if OpenAI serves the model. Since GPT-5.6 its writes are reported; the provider still decides their lifetime.
 */
export const isOpenAi = (model: string | undefined): boolean => model !== undefined && isServedByOpenAi(model);

const isServedByOpenAi = byModel(model => /gpt/i.test(model));

/**
 * Milliseconds that an automatic cache keeps unused entries: 30 minutes for GPT-5.6 and later, about 60 for Gemini and
 * DeepSeek, about 10 for others (from the providers' documentation).
 */
export const automaticLifetime = (model: string | undefined): number => {
	const name = model ?? '';
	return (isFixedLifetime(name) ? 30 : /gemini|deepseek/i.test(name) ? 60 : 10) * minute;
};

/** True if the provider guarantees the lifetime of an automatic cache; others are described with "about". */
export const isFixedLifetime = (model: string | undefined): boolean => /gpt-5\.[6-9]|gpt-[6-9]/i.test(model ?? '');
