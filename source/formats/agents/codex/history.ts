/**
 * Detects lines of a rollout that are copies of another's. A fork, or a sub-agent that inherits its parent's history,
 * writes that history again at its start, with current or original times; a rollover repeats the last count. Newer
 * rollouts number their lines and say where their own start (openai/codex since 0.158).
 */

/** The saved state. Times are epoch milliseconds. */
export type History = {
	/** True if the log may start with copies. */
	inherits: boolean;
	/** When the log was started. */
	opened: number;
	/** Number of its first own line; -1 if unknown. */
	start: number;
	/** The time of the previous line. */
	before: number;
	/** True once the log's own lines have started. */
	isOver: boolean;
};

/** The state before the first line of a log that repeats no earlier session. */
export const noHistory = (): History => ({inherits: false, opened: 0, start: -1, before: 0, isOver: true});

/** Maximum milliseconds between lines of a history, which is written at once: thousands of lines in two seconds. */
const longestPause = 1000;
const longest = 5000;

/**
 * Processes the lines of a log in order.
 * @param number of the line; undefined if it has none
 * @returns true if the line is a copy
 */
export const isCopy = (history: History, time: number | undefined, number: number | undefined): boolean => {
	if (!history.inherits) {
		return false;
	}
	if (history.start >= 0 && number !== undefined) {
		return number < history.start;
	}
	if (history.isOver || time === undefined) {
		return !history.isOver;
	}
	if (time < history.opened) {
		return true;
	}
	const pause = time - Math.max(history.before, history.opened);
	history.isOver = pause > longestPause || time - history.opened > longest;
	history.before = time;
	return !history.isOver;
};
