import type {RequestSettings} from '../../../request.js';
import {memberLimits} from '../../../scanner/member-places.js';
import {boundName} from '../../../text/bound-names.js';
import {addedAndRemoved, baseName, eventName, type ThreadEvents} from '../../state/thread-events.js';
import {
	type AnswerMembers,
	apiErrorStatus,
	attached,
	content,
	cwd,
	effort,
	fallbackModel,
	forkedFrom,
	gitBranch,
	isApiErrorMessage,
	isCompactSummary,
	isMeta,
	messageContent,
	permissionMode,
	progress,
	speed,
	subtype,
	telling,
	thinkingBudget,
	thinkingLevel,
	version,
} from './line.js';

/** Bytes of a message that reveal what it is: a command, an interruption, the use of a tool. */
const {tellingBytes} = memberLimits;

/** Matches a command at the beginning of the message that represents it, where no text can quote it. */
const command =
	/(?:^|(?<!\\)"|<\/command-message>(?:\\n|\s){0,9})<command-name>\s*(\/?[\w:.-]{1,60})\s*<\/command-name>/;
/** Matches a message that the user's interruption left. */
const interruption = /^(?:"|\[\s*\{[^[]{0,80}")\[Request interrupted/;
/** Matches the use of a tool as a block of an answer; in a quotation the quotes would be escaped. */
const usedTool = /"type"\s*:\s*"tool_use"/;
const toolName = /"name"\s*:\s*"([\w-]{1,100})"/;
const skillName = /"skill"\s*:\s*"([\w:.-]{1,60})"/;

/**
 * Notes what the line skimmed last changes for the next request of its thread. Content is examined, never kept.
 * @param kind the line's type
 */
export const noteLine = (events: ThreadEvents, thread: string, kind: string | undefined): void => {
	switch (kind) {
		case 'user':
			noteMessage(events, thread);
			break;
		case 'attachment':
			noteAttachment(events, thread);
			break;
		case 'system':
			noteSystem(events, thread);
			break;
		case 'progress':
			if (progress.type.text === 'hook_progress') {
				noteHook(events, thread, progress.hookEvent.text ?? '', progress.hookName.text ?? '');
			}
			break;
		case 'permission-mode':
			events.compare(thread, 'permission mode', permissionMode.text ?? '');
			break;
	}
};

/** The command that a message represents, with its slash. */
const commandIn = (text: string): string | undefined => {
	const name = text.includes('<command-name>') ? command.exec(text)?.[1] : undefined;
	return name === undefined || name.startsWith('/') ? name : `/${name}`;
};

const noteMessage = (events: ThreadEvents, thread: string): void => {
	events.compare(thread, 'permission mode', permissionMode.text ?? '');
	events.compare(thread, 'thinking', thinkingNow());
	const name = messageContent.tells(telling.command) ? commandIn(messageContent.beginning(tellingBytes)) : undefined;
	if (isCompactSummary.isTrue) {
		events.add(thread, 'compaction');
	} else if (name !== undefined) {
		events.add(thread, 'slash command', name);
	} else if (messageContent.tells(telling.interruption) && interruption.test(messageContent.beginning(tellingBytes))) {
		events.add(thread, 'interrupted');
	} else if (!messageContent.tells(telling.toolResult) && !isMeta.isTrue && !isMarkup()) {
		events.add(thread, 'new turn');
	}
};

/** True for a message that the application wrote as markup, and for one without content. */
const isMarkup = (): boolean => ['', '"<'].includes(messageContent.beginning(2));

const noteAttachment = (events: ThreadEvents, thread: string): void => {
	const {addedNames, removedNames, addedTypes, removedTypes} = attached;
	const kind = attached.type.text ?? '';
	switch (kind) {
		case 'deferred_tools_delta':
			noteList(events, thread, 'tools', addedNames.texts, removedNames.texts);
			break;
		case 'mcp_instructions_delta':
			noteList(events, thread, 'mcp server', addedNames.texts, removedNames.texts);
			break;
		case 'agent_listing_delta':
			noteList(events, thread, 'agent listing', addedTypes.texts, removedTypes.texts);
			break;
		case 'skill_listing':
			if (!attached.isInitial.isTrue) {
				events.add(thread, 'skill listing');
			}
			break;
		case 'dynamic_skill':
			if (attached.skillNames.texts.length > 0) {
				events.add(thread, 'skill', attached.skillNames.texts.join(' '));
			}
			break;
		case 'invoked_skills':
			events.add(thread, 'skill');
			break;
		case 'date_change':
			events.add(thread, 'date', attached.newDate.text);
			break;
		case 'nested_memory':
			events.add(thread, 'memory file', baseName(attached.displayPath.text ?? ''));
			break;
		// The first two are repeated as reminders while the mode lasts.
		case 'plan_mode':
		case 'auto_mode':
			noteMode(events, thread, kind.replace('_', ' '), 'on');
			break;
		case 'plan_mode_exit':
		case 'auto_mode_exit':
			noteMode(events, thread, kind.replace('_exit', '').replace('_', ' '), 'off');
			break;
		case 'ultra_effort_enter':
		case 'ultra_effort_exit':
			noteMode(events, thread, 'ultra effort', kind.endsWith('enter') ? 'on' : 'off');
			break;
		default:
			if (kind.startsWith('hook_')) {
				events.add(thread, 'hook', attached.hookEvent.text);
			}
	}
};

const noteList = (
	events: ThreadEvents,
	thread: string,
	kind: string,
	added: readonly string[],
	removed: readonly string[],
): void => {
	// The initial list of a session is written in the same way.
	if (added.length + removed.length > 0 && !attached.isInitial.isTrue) {
		events.add(thread, kind, addedAndRemoved(added, removed));
	}
};

const noteMode = (events: ThreadEvents, thread: string, mode: string, value: 'on' | 'off'): void => {
	if ((events.value(thread, mode) || 'off') !== value) {
		events.remember(thread, mode, value);
		events.add(thread, mode, value);
	}
};

const noteSystem = (events: ThreadEvents, thread: string): void => {
	switch (subtype.text) {
		case 'compact_boundary':
			events.add(thread, 'compaction');
			break;
		case 'microcompact_boundary':
			events.add(thread, 'compaction', 'micro');
			break;
		case 'api_error':
		case 'error':
			events.add(thread, 'error');
			break;
		case 'api_refusal':
			events.add(thread, 'error', 'refusal');
			break;
		case 'model_refusal_fallback':
			events.add(thread, 'fallback model', fallbackModel.text);
			break;
		case 'local_command': {
			const name = commandIn(content.beginning(tellingBytes));
			if (name !== undefined) {
				events.add(thread, 'slash command', name);
			}
		}
	}
};

const noteHook = (events: ThreadEvents, thread: string, event: string, name: string): void => {
	const isResumed = name === 'SessionStart:resume';
	events.add(thread, isResumed ? 'resume' : 'hook', isResumed ? '' : event);
};

/** Notes what the line says about its surroundings: again for the same ones, it changes nothing. */
export const noteSurroundings = (events: ThreadEvents, thread: string): void => {
	events.compare(thread, 'client version', version.text ?? '');
	events.compare(thread, 'folder', cwd.text ?? '', baseName);
	events.compare(thread, 'branch', gitBranch.text ?? '');
	const isCopied = events.value(thread, 'copied') === 'yes';
	if (forkedFrom.isObject && !isCopied) {
		events.remember(thread, 'copied', 'yes');
	} else if (isCopied && !forkedFrom.isObject) {
		events.remember(thread, 'copied', 'no');
		events.add(thread, 'fork');
	}
};

/** Notes what the first line of an answer says about its own request, before its events are taken. */
export const noteCall = (events: ThreadEvents, thread: string): void => {
	events.compare(thread, 'effort', effort.text ?? '');
	events.compare(thread, 'speed', speed.text ?? '');
};

/** Notes what an answer changes in the prompt of the next request. */
export const noteAnswer = (events: ThreadEvents, thread: string): void => {
	if (isApiErrorMessage.isTrue) {
		events.add(thread, 'error', apiErrorStatus.beginning(10));
	}
	const text = messageContent.tells(telling.toolUse) ? messageContent.beginning(tellingBytes, 'latin1') : '';
	if (!usedTool.test(text)) {
		return;
	}
	switch (toolName.exec(text)?.[1]) {
		case 'ToolSearch':
			events.add(thread, 'tool search');
			break;
		case 'Skill':
			events.add(thread, 'skill', skillName.exec(text)?.[1]);
			break;
		case 'EnterPlanMode':
			noteMode(events, thread, 'plan mode', 'on');
			break;
		case 'ExitPlanMode':
			noteMode(events, thread, 'plan mode', 'off');
	}
};

/** Bytes of the list of edits that are compared. */
const longestEdits = 400;

/**
 * True if the provider edited the prompt of the current line's answer in another way than that of the answer before: it
 * cleared results of tools or thoughts (Anthropic's context editing), which drops what was cached behind them.
 */
export const wasEdited = (events: ThreadEvents, thread: string, {edits}: AnswerMembers): boolean => {
	const told = edits.exists ? (boundName(edits.beginning(longestEdits)) ?? '') : '';
	const isOther = told.includes('"type"') && told !== events.value(thread, 'edits');
	if (isOther) {
		events.remember(thread, 'edits', told);
	}
	return isOther;
};

/** The settings of the request; undefined if none are logged. */
export const settingsNow = (events: ThreadEvents, thread: string): RequestSettings | undefined => {
	const [fast, hard, thinking] = [speed.text, effort.text, events.value(thread, 'thinking')];
	return fast === undefined && hard === undefined && thinking === ''
		? undefined
		: {
				...(fast !== undefined && {speed: fast}),
				...(hard !== undefined && {effort: hard}),
				...(thinking !== '' && {thinking}),
			};
};

const thinkingNow = (): string => thinkingLevel.text ?? eventName(thinkingBudget.beginning(12));
