import type {PromptTokens} from '../formats/format.js';

const meanings = {
	included: 'written-included',
	excluded: 'written-excluded',
} as const satisfies Readonly<Record<string, PromptTokens>>;

/** What `--prompt-tokens` and the config file can say: whether prompt tokens contain the tokens written. */
export const promptTokenWords = Object.keys(meanings) as (keyof typeof meanings)[];

/** What one of `promptTokenWords` means; undefined for any other word, and for none. */
export const promptTokensOf = (word: string | undefined): PromptTokens | undefined =>
	word !== undefined && Object.hasOwn(meanings, word) ? meanings[word as keyof typeof meanings] : undefined;
