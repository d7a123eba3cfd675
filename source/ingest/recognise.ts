import type {Format} from '../formats/format.js';

/** What is known about a log. */
type Known = {
	/** Its format so far. */
	readonly format: Format | undefined;
	/** True if the format was determined long ago, or by an earlier process. */
	readonly isDecided: boolean;
};

/**
 * The format of a log, given new lines; undefined if it does not change. A log keeps its format unless that is a
 * catch-all, or the log was rewritten in another format.
 * @param head true for the first lines of a log, or of a rewritten one
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
	// A format that was used for long, or by an earlier process, is not given up because of a single different line.
	if (before?.catchAll && isDecided) {
		return undefined;
	}
	const format = formats.find(candidate => candidate !== before && candidate.recognise(bytes));
	return before && format?.catchAll ? undefined : format;
};
