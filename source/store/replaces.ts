import type {Request} from '../request.js';

const outputOf = ({usage}: Request): number => usage?.output ?? 0;

/**
 * Whether the first of two tellings of a request knows less than the other. Of two that know as much that is the later
 * one, for a copy may have the time of its copying; then nothing tells them apart but a name.
 */
const isLess = (next: Request, before: Request): boolean => {
	const more =
		outputOf(next) - outputOf(before) ||
		Number(next.model !== undefined) - Number(before.model !== undefined) ||
		before.time - next.time;
	return more < 0 || (more === 0 && isNamedLater(next, before));
};

/** The threads of copies become one, so copies are told apart by their logs. */
const isNamedLater = (next: Request, before: Request): boolean =>
	next.firstLine !== undefined && before.firstLine !== undefined
		? next.source > before.source
		: next.thread !== undefined && before.thread !== undefined && next.thread > before.thread;

/**
 * Whether a request takes the place of one with the same id. What a log tells later replaces what it told before. Among
 * logs it must not matter which is read first: a copy never replaces the original, nor what knows less what knows more
 * (the copy that a parent keeps of its sub-agent's answer has the output as far as it had come); where nothing says which
 * is the copy, that of the thread or log whose name sorts first is kept.
 */
export const replaces = (next: Request, before: Request): boolean => {
	const [isCopy, isOfCopy] = [next.replica === true, before.replica === true];
	if (isCopy !== isOfCopy) {
		return isOfCopy;
	}
	return (!isCopy && next.source === before.source) || !isLess(next, before);
};
