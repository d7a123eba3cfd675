import type {Request} from '../../../request.js';

/** The part of a request that the first line of its answer determines, together with earlier lines. */
export type Call = Pick<Request, 'start' | 'settings' | 'events' | 'firstLine'>;

/** What is known of an answer so far; the reason is empty if there is none. */
export type Known = readonly [output: number, replica: boolean, rebuilt: boolean, missReason: string, call: Call];

/** What a line says about its answer. */
type AnswerLine = {
	readonly output: number;
	/** True if it may be a copy whose original is in another file. */
	readonly replica: boolean;
	/** Empty if there is none. */
	readonly missReason: string;
};

/**
 * Combines a line of an answer with the lines before it. An answer has a line per block; their output count only grows,
 * and is complete in the last one.
 * @returns undefined if the line adds nothing
 */
export const joinAnswer = (before: Known | undefined, line: AnswerLine): AnswerLine | undefined => {
	if (!before) {
		return line;
	}
	const [outputBefore, replicaBefore, , reasonBefore] = before;
	const output = Math.max(line.output, outputBefore);
	const replica = line.replica && replicaBefore;
	const missReason = line.missReason || reasonBefore;
	const adds =
		(replicaBefore && !replica) ||
		(replicaBefore === line.replica && (output > outputBefore || missReason !== reasonBefore));
	return adds ? {output, replica, missReason} : undefined;
};
