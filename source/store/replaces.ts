import type {Request} from '../request.js';

const outputOf = ({usage}: Request): number => usage?.output ?? 0;

/**
 * Of two copies in different logs the same one is kept, whichever was read first: the one with more output, else that of
 * the first log by name.
 */
const isPreferred = (next: Request, before: Request): boolean =>
	outputOf(next) === outputOf(before) ? next.source < before.source : outputOf(next) > outputOf(before);

/**
 * Whether a request takes the place of one with the same id. A copy never replaces the original, nor a copy that knows
 * more: the one that a parent keeps of its sub-agent's answer has the output as far as it had come.
 */
export const replaces = (next: Request, before: Request): boolean => {
	const areCopies = next.firstLine !== undefined && before.firstLine !== undefined && next.source !== before.source;
	return areCopies && Boolean(next.replica) === Boolean(before.replica)
		? isPreferred(next, before)
		: !next.replica || (before.replica === true && outputOf(next) >= outputOf(before));
};
