import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';

/** Groups of members that lines often repeat. */
export const groups = {
	/** What determines the thread of a line, its project, and what surrounds it. */
	surroundings: 1,
	/** What determines the request of an answer, without its output and its times. */
	answer: 2,
} as const;
const surrounding = {groups: groups.surroundings};

/** The members of a transcript's line that are needed. Each holds the value of the line skimmed last. */
export const type = new Member('type', {
	among: ['assistant', 'system', 'user', 'attachment', 'progress', 'permission-mode'],
});
export const subtype = new Member('subtype');
export const sessionId = new Member('sessionId', surrounding);
export const agentId = new Member('agentId', surrounding);
export const attributionAgent = new Member('attributionAgent', surrounding);
export const isSidechain = new Member('isSidechain', surrounding);
export const forkedFrom = new Member('forkedFrom', surrounding);
export const cwd = new Member('cwd', surrounding);
export const gitBranch = new Member('gitBranch', surrounding);
export const version = new Member('version', surrounding);
export const requestId = new Member('requestId', {groups: groups.answer});
export const timestamp = new Member('timestamp');
export const isApiErrorMessage = new Member('isApiErrorMessage', {groups: groups.answer});
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

/** What reveals what a message is, by its index among the telling texts of its content. */
export const telling = {toolUse: 0, toolResult: 1, command: 2, interruption: 3} as const;
const tellingTexts = ['"tool_use"', '"tool_result"', '<command-name>', '[Request interrupted'];

/** The members of an answer. @param isOwn true if it is compared with the answer of the line before */
const answerMembers = (isOwn: boolean) => {
	const same = {groups: isOwn ? groups.answer : 0};
	const missType = new Member('type');
	const missed = new Member('cache_missed_input_tokens');
	const missReason = new Member('cache_miss_reason', {...same, inside: [missType, missed]});
	const writtenFiveMinutes = new Member('ephemeral_5m_input_tokens');
	const writtenOneHour = new Member('ephemeral_1h_input_tokens');
	const members = {
		id: new Member('id', same),
		model: new Member('model', same),
		content: new Member('content', isOwn ? {telling: tellingTexts} : {}),
		input: new Member('input_tokens', same),
		output: new Member('output_tokens'),
		read: new Member('cache_read_input_tokens', same),
		written: new Member('cache_creation_input_tokens', same),
		lifetimes: new Member('cache_creation', {...same, inside: [writtenFiveMinutes, writtenOneHour]}),
		speed: new Member('speed', same),
		geo: new Member('inference_geo', same),
		tier: new Member('service_tier', same),
		iterations: new Member('iterations', same),
		diagnostics: new Member('diagnostics', {inside: [missReason]}),
	};
	const {id, model, content, diagnostics, ...counts} = members;
	const usage = new Member('usage', {inside: Object.values(counts)});
	const edits = new Member('applied_edits', same);
	const contextManagement = new Member('context_management', {inside: [edits]});
	const message = new Member('message', {inside: [id, model, content, usage, diagnostics, contextManagement]});
	return {...members, edits, writtenFiveMinutes, writtenOneHour, missType, missed, missReason, usage, message};
};

/** The members of an answer, wherever it is in a line. */
export type AnswerMembers = ReturnType<typeof answerMembers>;

/** The answer of a line. */
export const answer = answerMembers(true);
/** The answer of a sub-agent that a progress line of its parent repeats. */
export const repeated = answerMembers(false);
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
