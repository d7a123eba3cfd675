import {boundName} from '../../../text/bound-names.js';
import {
	type AnswerMembers,
	agentId,
	answer,
	attributionAgent,
	forkedFrom,
	isSidechain,
	progress,
	repeated,
	repeatedRequestId,
	repeatedTimestamp,
	requestId,
	sessionId,
	timestamp,
} from './line.js';

/** The answer of the current line, and what the line says about it. */
export type LineAnswer = {
	readonly members: AnswerMembers;
	/** Its conversation: a session, or one of a session's sub-agents. */
	readonly lane: string;
	readonly agent: string;
	/** What distinguishes it from agents of the same name; undefined if the name does. */
	readonly agentId: string | undefined;
	readonly requestId: string | undefined;
	readonly timestamp: string | undefined;
	/** False for an answer that the progress line of a parent repeats. */
	readonly isOwn: boolean;
};

/** The agent within the session that wrote the current line. */
const agentNow = (): string =>
	attributionAgent.text ??
	(agentId.text?.startsWith('acompact') ? 'compaction' : agentId.text) ??
	(isSidechain.isTrue ? 'sidechain' : 'main');

/** The answer of an `assistant` line that has usage. @param lane its conversation */
export const ownAnswer = (lane: string): LineAnswer => {
	const agent = agentNow();
	return {
		members: answer,
		lane,
		agent,
		agentId: agentId.text === agent ? undefined : agentId.text,
		requestId: requestId.text,
		timestamp: timestamp.text,
		isOwn: true,
	};
};

/** The answer of a sub-agent that the `progress` line of its parent repeats; undefined for any other line. */
export const repeatedAnswer = (): LineAnswer | undefined => {
	if (!repeated.usage.isObject) {
		return undefined;
	}
	const agent = progress.agentId.text ?? 'sidechain';
	return {
		members: repeated,
		lane: boundName(`${sessionId.text}/${agent}`) ?? '',
		agent,
		agentId: undefined,
		requestId: repeatedRequestId.text,
		timestamp: repeatedTimestamp.text ?? timestamp.text,
		isOwn: false,
	};
};

/**
 * True if the current line's answer may be a copy whose original is in another file: side questions and forks repeat
 * their parent's messages with the same ids.
 */
export const mayBeCopy = ({isOwn}: Pick<LineAnswer, 'isOwn'>): boolean =>
	!isOwn || isSidechain.isTrue || forkedFrom.isObject;
