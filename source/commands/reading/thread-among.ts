import {UsageError} from '../../errors.js';

/** Recognises words that can only be sources: addresses, globs, paths, standard input. */
const looksLikeSource = (word: string): boolean =>
	word === '-' || /[*?]|:\/\/|^[.~]?[/\\]|\.(?:jsonl?|log)$/.test(word);

/**
 * Distinguishes the thread from the sources after `hitrate why`.
 * @param exists whether a path exists: such a word is a source
 * @throws UsageError if several words may be the thread
 */
export const threadAmong = (
	words: readonly string[],
	exists: (path: string) => boolean,
): {readonly thread: string | undefined; readonly sources: readonly string[]} => {
	const isSource = (word: string) => looksLikeSource(word) || exists(word);
	const threads = words.filter(word => !isSource(word));
	if (threads.length > 1) {
		throw new UsageError(`why: "${threads.join('" and "')}" are not files: name one thread, then the sources.`);
	}
	return {thread: threads[0], sources: words.filter(isSource)};
};
