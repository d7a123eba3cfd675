import type {Format} from '../formats/format.js';

/** What is known of a log when lines of it come. */
type Known = {
	/** What it was read as so far. */
	readonly format: Format | undefined;
	/** It was read as that for long, or by an earlier process. */
	readonly isDecided: boolean;
};

/**
 * What a log is to be read as, now that lines of it came; undefined where it stays as it is. A log keeps its format, unless
 * that is one that takes what no other knows, or the log was written anew as something else.
 * @param head they are the first lines of the log, or of one written anew
 */
export const recognise = (
	formats: readonly Format[],
	{format: before, isDecided}: Known,
	bytes: Buffer,
	head: boolean,
): Format | undefined => {
	if (before && !before.catchAll && (!head || before.recognise(bytes))) {
		return undefined;
	}
	// What is known for long, or was kept by an earlier process, is not given up for one line that looks otherwise.
	if (before?.catchAll && isDecided) {
		return undefined;
	}
	const format = formats.find(candidate => candidate !== before && candidate.recognise(bytes));
	return before && format?.catchAll ? undefined : format;
};
