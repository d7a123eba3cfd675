import type {Request} from '../request.js';

const outputOf = ({usage}: Request): number => usage?.output ?? 0;

/**
 * True if the first of two versions of a request has less information. If equal, the later one has less, because a copy
 * may have the time of copying; after that only names decide.
 */
const isLess = (next: Request, before: Request): boolean => {
	const more =
		outputOf(next) - outputOf(before) ||
		Number(next.model !== undefined) - Number(before.model !== undefined) ||
		before.time - next.time;
	return more < 0 || (more === 0 && isNamedLater(next, before));
};

/** The threads of copies are joined, so copies are distinguished by their logs. */
const isNamedLater = (next: Request, before: Request): boolean =>
	next.firstLine !== undefined && before.firstLine !== undefined
		? next.source > before.source
		: next.thread !== undefined && before.thread !== undefined && next.thread > before.thread;

/**
 * Decides whether a request replaces one with the same id. Within a log, the later version wins. Between logs, the
 * result must not depend on which is read first: a copy never replaces the original, nor less information more (a
 * parent's copy of its sub-agent's answer has only part of the output). If nothing says which is the copy, the one
 * whose thread or log sorts first is kept.
 */
export const replaces = (next: Request, before: Request): boolean => {
	const [isCopy, isOfCopy] = [next.replica === true, before.replica === true];
	if (isCopy !== isOfCopy) {
		return isOfCopy;
	}
	return (!isCopy && next.source === before.source) || !isLess(next, before);
};
