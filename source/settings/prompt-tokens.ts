import type {PromptTokens} from '../formats/format.js';

const meanings = {
	included: 'written-included',
	excluded: 'written-excluded',
} as const satisfies Readonly<Record<string, PromptTokens>>;

/**
 * Values of `--prompt-tokens` and of the config file: whether prompt tokens include the tokens written to the cache.
 */
export const promptTokenWords = Object.keys(meanings) as (keyof typeof meanings)[];

/** The meaning of one of `promptTokenWords`; undefined for any other text. */
export const promptTokensOf = (word: string | undefined): PromptTokens | undefined =>
	word !== undefined && Object.hasOwn(meanings, word) ? meanings[word as keyof typeof meanings] : undefined;
