import type {Request} from '../request.js';

const outputOf = ({usage}: Request): number => usage?.output ?? 0;

/**
 * Whether the first of two tellings of a request knows less than the other. Of two that know as much that is the later
 * one, for a copy may have the time of its copying, and then the one of the thread whose name sorts last.
 */
const isLess = (next: Request, before: Request): boolean => {
	const more =
		outputOf(next) - outputOf(before) ||
		Number(next.model !== undefined) - Number(before.model !== undefined) ||
		before.time - next.time;
	const isOfOther = next.thread !== undefined && before.thread !== undefined && next.thread > before.thread;
	return more < 0 || (more === 0 && isOfOther);
};

/**
 * Whether a request takes the place of one with the same id. What a log tells later replaces what it told before. Among
 * logs it must not matter which is read first: a copy never replaces the original, nor what knows less what knows more
 * (the copy that a parent keeps of its sub-agent's answer has the output as far as it had come).
 */
export const replaces = (next: Request, before: Request): boolean => {
	const [isCopy, isOfCopy] = [next.replica === true, before.replica === true];
	if (isCopy !== isOfCopy) {
		return isOfCopy;
	}
	return (!isCopy && next.source === before.source) || !isLess(next, before);
};
