/** How the caches of a model's provider work: who marks prefixes, and how long they live. */

import {byModel} from '../models/by-model.js';

const minute = 60_000;

/**
 * `marked`: the request marks its prefixes, and the provider reports writes. `automatic`: the provider caches by itself
 * and may report no writes. `unknown`: the name tells neither.
 */
type CacheFamily = 'marked' | 'automatic' | 'unknown';

const marking = /claude|anthropic/i;
/** OpenAI, Google, DeepSeek, xAI, Moonshot. */
const selfFilling = /gpt|codex|(?:^|\/)o\d|gemini|deepseek|grok|kimi|moonshot/i;

const familyOf = byModel(
	(model): CacheFamily => (marking.test(model) ? 'marked' : selfFilling.test(model) ? 'automatic' : 'unknown'),
);

/** How the caches of a model are filled, by its name. */
export const cacheFamily = (model: string | undefined): CacheFamily =>
	model === undefined ? 'unknown' : familyOf(model);

/** Whether OpenAI serves it: since GPT-5.6 its writes are reported, and still live as long as the provider decides. */
export const isOpenAi = (model: string | undefined): boolean => model !== undefined && isServedByOpenAi(model);

const isServedByOpenAi = byModel(model => /gpt/i.test(model));

/**
 * How long a cache that fills by itself keeps what is not used, milliseconds: GPT-5.6 and later 30 minutes, Gemini and
 * DeepSeek about 60, the others about 10 (the providers' documentation).
 */
export const automaticLifetime = (model: string | undefined): number => {
	const name = model ?? '';
	return (isFixedLifetime(name) ? 30 : /gemini|deepseek/i.test(name) ? 60 : 10) * minute;
};

/** Whether the provider promises the lifetime of a cache that fills by itself; others are said with "about". */
export const isFixedLifetime = (model: string | undefined): boolean => /gpt-5\.[6-9]|gpt-[6-9]/i.test(model ?? '');
