import type {Request} from '../../../request.js';

/** What the first line of an answer tells of its request, with the lines before it. */
export type Call = Pick<Request, 'start' | 'settings' | 'events' | 'firstLine'>;

/** What was told of an answer so far; the reason is the empty text where there is none. */
export type Known = readonly [output: number, replica: boolean, rebuilt: boolean, missReason: string, call: Call];

/** What one line tells of an answer. */
type AnswerLine = {
	readonly output: number;
	/** It may be a copy whose original stands in another file. */
	readonly replica: boolean;
	/** The empty text where there is none. */
	readonly missReason: string;
};

/**
 * Joins a line of an answer with the lines before it. The answer has a line for each of its blocks; the output that they
 * tell only grows, and the last line has all of it.
 * @returns undefined where the line adds nothing
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
