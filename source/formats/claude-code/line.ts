import {Member} from '../json/member.js';
import {ObjectSkimmer} from '../json/object-skimmer.js';

/** The members that are wanted of a line of a transcript. Each holds that of the line that was skimmed last. */
export const type = new Member('type', {
	among: ['assistant', 'system', 'user', 'attachment', 'progress', 'permission-mode'],
});
export const subtype = new Member('subtype');
export const sessionId = new Member('sessionId');
export const agentId = new Member('agentId');
export const isSidechain = new Member('isSidechain');
export const forkedFrom = new Member('forkedFrom');
export const cwd = new Member('cwd');
export const gitBranch = new Member('gitBranch');
export const version = new Member('version');
export const requestId = new Member('requestId');
export const uuid = new Member('uuid');
export const timestamp = new Member('timestamp');
export const isApiErrorMessage = new Member('isApiErrorMessage');
export const apiErrorStatus = new Member('apiErrorStatus');
export const effort = new Member('effort');
export const permissionMode = new Member('permissionMode');
export const isMeta = new Member('isMeta');
export const isCompactSummary = new Member('isCompactSummary');
/** Of a line of the application itself. */
export const content = new Member('content');
export const fallbackModel = new Member('fallbackModel');

export const thinkingLevel = new Member('level');
export const thinkingBudget = new Member('maxThinkingTokens');
const thinkingMetadata = new Member('thinkingMetadata', {inside: [thinkingLevel, thinkingBudget]});

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

export const progress = {
	type: new Member('type'),
	hookEvent: new Member('hookEvent'),
	hookName: new Member('hookName'),
};
const data = new Member('data', {inside: Object.values(progress)});

export const messageId = new Member('id');
export const model = new Member('model');
export const messageContent = new Member('content');
const missType = new Member('type');
const missReason = new Member('cache_miss_reason', {inside: [missType]});
const diagnostics = new Member('diagnostics', {inside: [missReason]});
export const input = new Member('input_tokens');
export const output = new Member('output_tokens');
export const read = new Member('cache_read_input_tokens');
export const written = new Member('cache_creation_input_tokens');
export const writtenFiveMinutes = new Member('ephemeral_5m_input_tokens');
export const writtenOneHour = new Member('ephemeral_1h_input_tokens');
export const speed = new Member('speed');
const lifetimes = new Member('cache_creation', {inside: [writtenFiveMinutes, writtenOneHour]});
export const usage = new Member('usage', {inside: [input, output, read, written, lifetimes, speed]});
const message = new Member('message', {inside: [messageId, model, messageContent, usage, diagnostics]});

export const skimmer = new ObjectSkimmer(
	[
		type,
		subtype,
		sessionId,
		agentId,
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

/** Outcomes of the provider's comparison that name no cause (platform.claude.com, cache diagnostics). */
const inconclusive = new Set(['previous_message_not_found', 'unavailable']);

/** The provider's reason for a miss; the empty text where it gives none. */
export const missReasonNow = (): string => {
	const reason = missReason.text ?? missType.text ?? '';
	return inconclusive.has(reason) ? '' : reason;
};

/** The conversation that a line belongs to: a session, or one of its sub-agents. */
export const threadNow = (): string | undefined => {
	const part = agentId.text ?? (isSidechain.isTrue ? 'sidechain' : undefined);
	return sessionId.text !== undefined && part !== undefined ? `${sessionId.text}/${part}` : sessionId.text;
};
