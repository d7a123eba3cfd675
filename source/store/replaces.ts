import type {Request} from '../request.js';

const outputOf = ({usage}: Request): number => usage?.output ?? 0;

/**
 * Whether a request takes the place of one with the same id. A copy never replaces the original, nor a copy that knows
 * more: the one that a parent keeps of its sub-agent's answer has the output as far as it had come.
 */
export const replaces = (next: Request, before: Request): boolean =>
	!next.replica || (before.replica === true && outputOf(next) >= outputOf(before));
