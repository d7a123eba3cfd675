import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';

/** The members of a transcript's line that are needed. Each holds the value of the line skimmed last. */
export const type = new Member('type', {
	among: ['assistant', 'system', 'user', 'attachment', 'progress', 'permission-mode'],
});
export const subtype = new Member('subtype');
export const sessionId = new Member('sessionId');
export const agentId = new Member('agentId');
export const attributionAgent = new Member('attributionAgent');
export const isSidechain = new Member('isSidechain');
export const forkedFrom = new Member('forkedFrom');
export const cwd = new Member('cwd');
export const gitBranch = new Member('gitBranch');
export const version = new Member('version');
export const requestId = new Member('requestId');
const uuid = new Member('uuid');
export const timestamp = new Member('timestamp');
export const isApiErrorMessage = new Member('isApiErrorMessage');
export const apiErrorStatus = new Member('apiErrorStatus');
export const effort = new Member('effort');
export const permissionMode = new Member('permissionMode');
export const isMeta = new Member('isMeta');
export const isCompactSummary = new Member('isCompactSummary');
/** Of a line by the application itself. */
export const content = new Member('content');
export const fallbackModel = new Member('fallbackModel');

export const thinkingLevel = new Member('level');
export const thinkingBudget = new Member('maxThinkingTokens');
const thinkingMetadata = new Member('thinkingMetadata', {inside: [thinkingLevel, thinkingBudget]});

/** Members of an attachment: what was added to, removed from or changed in the prompt. */
export const attached = {
	type: new Member('type'),
	isInitial: new Member('isInitial'),
	addedNames: new Member('addedNames'),
	removedNames: new Member('removedNames'),
	addedTypes: new Member('addedTypes'),
	removedTypes: new Member('removedTypes'),
	skillNames: new Member('skillNames'),
	newDate: new Member('newDate'),
	displayPath: new Member('displayPath'),
	hookEvent: new Member('hookEvent'),
};
const attachment = new Member('attachment', {inside: Object.values(attached)});

/** The members of an answer. */
const answerMembers = () => {
	const missType = new Member('type');
	const missed = new Member('cache_missed_input_tokens');
	const missReason = new Member('cache_miss_reason', {inside: [missType, missed]});
	const writtenFiveMinutes = new Member('ephemeral_5m_input_tokens');
	const writtenOneHour = new Member('ephemeral_1h_input_tokens');
	const members = {
		id: new Member('id'),
		model: new Member('model'),
		content: new Member('content'),
		input: new Member('input_tokens'),
		output: new Member('output_tokens'),
		read: new Member('cache_read_input_tokens'),
		written: new Member('cache_creation_input_tokens'),
		lifetimes: new Member('cache_creation', {inside: [writtenFiveMinutes, writtenOneHour]}),
		speed: new Member('speed'),
		geo: new Member('inference_geo'),
		tier: new Member('service_tier'),
		iterations: new Member('iterations'),
		diagnostics: new Member('diagnostics', {inside: [missReason]}),
	};
	const {id, model, content, diagnostics, ...counts} = members;
	const usage = new Member('usage', {inside: Object.values(counts)});
	const edits = new Member('applied_edits');
	const contextManagement = new Member('context_management', {inside: [edits]});
	const message = new Member('message', {inside: [id, model, content, usage, diagnostics, contextManagement]});
	return {...members, edits, writtenFiveMinutes, writtenOneHour, missType, missed, missReason, usage, message};
};

/** The members of an answer, wherever it is in a line. */
export type AnswerMembers = ReturnType<typeof answerMembers>;

/** The answer of a line. */
export const answer = answerMembers();
/** The answer of a sub-agent that a progress line of its parent repeats. */
export const repeated = answerMembers();
const {message, content: messageContent, speed} = answer;

export {messageContent, speed};

export const repeatedRequestId = new Member('requestId');
export const repeatedTimestamp = new Member('timestamp');
const repeatedMessage = new Member('message', {inside: [repeatedRequestId, repeatedTimestamp, repeated.message]});
/** Members of a progress line, about a running hook or sub-agent. */
export const progress = {
	type: new Member('type'),
	hookEvent: new Member('hookEvent'),
	hookName: new Member('hookName'),
	agentId: new Member('agentId'),
};
const data = new Member('data', {inside: [...Object.values(progress), repeatedMessage]});

/** Finds these members in the bytes of a line without decoding it. */
export const skimmer = new ObjectSkimmer(
	[
		type,
		subtype,
		sessionId,
		agentId,
		attributionAgent,
		isSidechain,
		forkedFrom,
		cwd,
		gitBranch,
		version,
		requestId,
		uuid,
		timestamp,
		isApiErrorMessage,
		apiErrorStatus,
		effort,
		permissionMode,
		isMeta,
		isCompactSummary,
		content,
		fallbackModel,
		thinkingMetadata,
		attachment,
		data,
		message,
	],
	['_input_tokens"', 'compact_boundary"'],
);

/** The provider's reason for a miss; empty if there is none. */
export const missReasonOf = ({missReason, missType}: AnswerMembers): string => missReason.text ?? missType.text ?? '';

/** The conversation of a line: a session, or one of its sub-agents. */
export const threadNow = (): string | undefined => {
	const part = agentId.text ?? (isSidechain.isTrue ? 'sidechain' : undefined);
	return sessionId.text !== undefined && part !== undefined ? `${sessionId.text}/${part}` : sessionId.text;
};
