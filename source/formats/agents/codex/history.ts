/**
 * Which lines of a rollout are copies of another's. A fork, and a sub-agent that inherits its parent's history, write it
 * anew when they begin: with the times of that moment, or with the original ones; a rollover repeats the last count.
 * Newer rollouts number their lines and tell where their own begin (openai/codex since 0.158).
 */

/** As it is saved. Epoch milliseconds. */
export type History = {
	/** The log may begin with copies. */
	inherits: boolean;
	/** When the log was begun. */
	opened: number;
	/** The number of its first own line; -1 where it does not tell. */
	start: number;
	/** The time of the line before. */
	before: number;
	/** Its own lines have begun. */
	isOver: boolean;
};

/** The state before the first line of a log, which repeats no earlier session. */
export const noHistory = (): History => ({inherits: false, opened: 0, start: -1, before: 0, isOver: true});

/** A history is written at once: thousands of lines in two seconds. */
const longestPause = 1000;
const longest = 5000;

/**
 * Follows the lines of a log, in order.
 * @param number that of the line; undefined where it has none
 * @returns whether the line is a copy
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
