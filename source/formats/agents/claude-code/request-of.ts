import type {Request} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import type {Call} from './answers.js';
import {gitBranch, sessionId, version} from './line.js';
import type {LineAnswer} from './line-answer.js';
import {priceFactorsOf, servedBy} from './usage.js';

/** The members of a request that the current line does not determine. */
type OwnMembers = Pick<
	Request,
	| 'time'
	| 'agent'
	| 'project'
	| 'source'
	| 'line'
	| 'model'
	| 'usage'
	| 'missReason'
	| 'missTokens'
	| 'iterations'
	| 'replica'
	| 'rebuilt'
> & {readonly call: Call};

/** A request of the current line's answer. @param own what distinguishes it from other requests of the answer */
export const requestOf = (id: string, {members, agentId}: LineAnswer, own: OwnMembers): Request => {
	const {call} = own;
	// Listed member by member, because combining other objects takes thousands of bytes.
	return {
		id,
		time: own.time,
		start: call.start,
		thread: boundName(sessionId.text),
		agent: own.agent,
		agentId,
		project: own.project,
		branch: gitBranch.text,
		source: own.source,
		line: own.line,
		host: undefined,
		model: own.model,
		provider: servedBy(members.id.text),
		client: version.text && `claude-code ${version.text}`,
		settings: call.settings,
		priceFactors: priceFactorsOf(members),
		plan: undefined,
		usage: own.usage,
		missReason: own.missReason,
		missTokens: own.missTokens,
		iterations: own.iterations,
		events: call.events,
		replica: own.replica,
		firstLine: call.firstLine,
		rebuilt: own.rebuilt,
	};
};
