import type {Request} from '../../../request.js';
import {RecentMap} from '../../state/recent-map.js';

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

/**
 * Maximum number of messages remembered. The lines of an answer follow each other closely, except for those of agents
 * that run in parallel. A later copy in the same log is reported again, which has no effect unless it differs.
 */
const mostKnown = 32;

/** The latest answers of a log, by the ids of their requests. */
export class KnownAnswers extends RecentMap<Known> {
	/** @param saved those of an earlier process */
	constructor(saved?: readonly (readonly [string, Known])[]) {
		super(mostKnown, saved);
	}

	/** True if another line of the same message has its counts. @param name of the message */
	wasCounted(name: string): boolean {
		return this.entries().some(([id]) => id.startsWith(`claude-code:${name}#`) && !id.endsWith('#0:0:0'));
	}
}
