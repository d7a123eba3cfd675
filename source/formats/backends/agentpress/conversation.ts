/**
 * Joins the lines of one conversation to requests: plan lines, the model call, the one outcome line.
 * Conversations of several threads interleave in a worker's log; each has its own state.
 */

import {mostEvents, type Plan, type PlanBlock, type SkippedPart, type ThreadEvent} from '../../../request.js';
import type {AgentPressEvent} from './events.js';
import type {Outcome, OutcomeWording} from './outcome.js';

/** When a line was written: the instant, and the digits that the log used for it. */
export type Moment = {readonly time: number; readonly stamp: string};

/** The lines of one planning pass. */
export type PlanGroup = {
	blocks: PlanBlock[];
	skipped: SkippedPart[];
	unsupported: boolean;
	oneHour: boolean;
	/** A line that comes after all blocks was there: none was hidden by the level of the log. */
	whole?: boolean;
	/** Place of the last line in the order that the backend logs; a line that falls behind it begins a new pass. */
	rank: number;
	last: Moment;
};

/** A model call whose outcome has not come. */
export type OpenCall = {
	readonly model: string;
	readonly at: Moment;
	readonly group: PlanGroup | undefined;
	readonly rebuilt: boolean;
	readonly events: readonly ThreadEvent[];
};

/** The latest request with an outcome; further lines may complete it. */
export type OpenOutcome = {
	readonly id: string;
	/** Epoch milliseconds of its call; undefined where no call stands before it. */
	readonly start?: number | undefined;
	readonly events: readonly ThreadEvent[];
	readonly at: Moment;
	readonly group: PlanGroup | undefined;
	readonly rebuilt: boolean;
	model: string | undefined;
	numbers: Outcome;
	readonly wordings: Set<OutcomeWording>;
	responseId: string | undefined;
};

/** What is known of one conversation so far. */
export type Conversation = {
	thread: string | undefined;
	run: string | undefined;
	group: PlanGroup | undefined;
	call: OpenCall | undefined;
	/** Calls before it that wait as well: of lines without context, which several conversations share. */
	readonly waiting: OpenCall[];
	outcome: OpenOutcome | undefined;
	/** The latest model named for it, for outcome lines without a call before them. */
	model: string | undefined;
	responseId: string | undefined;
	rebuilt: boolean;
	/** What changed since its call before, at most `mostEvents`. */
	events: readonly ThreadEvent[];
	/** Numbers of a usage object logged before the outcome line. */
	hint: Outcome | undefined;
};

export const newConversation = (thread: string | undefined, run: string | undefined): Conversation => ({
	thread,
	run,
	group: undefined,
	call: undefined,
	waiting: [],
	outcome: undefined,
	model: undefined,
	responseId: undefined,
	rebuilt: false,
	events: [],
	hint: undefined,
});

/** Notes what changes the prompt of the conversation's next call. */
export const noteChange = (conversation: Conversation, {kind, detail}: ThreadEvent): void => {
	const others = conversation.events.filter(other => other.kind !== kind || other.detail !== detail);
	conversation.events = [...others, detail === undefined ? {kind} : {kind, detail}].slice(-mostEvents);
};

/** The calls that wait for their outcome, the oldest first. */
export const openCalls = ({call, waiting}: Conversation): readonly OpenCall[] => (call ? [...waiting, call] : waiting);

type PlanEvent = Extract<AgentPressEvent, {kind: 'plan-step' | 'block' | 'reused' | 'skipped' | 'unsupported'}>;

/** The order in which one pass logs: input, structure, strategy, system prompt, blocks, the conversation's verdict. */
const rankOf = (event: PlanEvent): number => {
	switch (event.kind) {
		case 'plan-step':
			return event.rank;
		case 'reused':
		case 'unsupported':
			return 1;
		case 'skipped':
			return event.part === 'system' ? 3 : 200;
		case 'block':
			return event.number === 1 ? 3 : 3 + event.number;
	}
};

/**
 * Adds a plan line to the conversation's current pass, or begins a new one where the line belongs before the last.
 * @returns the pass that this line ended, if any
 */
export const addPlanLine = (conversation: Conversation, event: PlanEvent, at: Moment): PlanGroup | undefined => {
	const rank = rankOf(event);
	const before = conversation.group;
	let ended: PlanGroup | undefined;
	let group = before;
	if (!group || rank <= group.rank) {
		ended = before;
		group = {blocks: [], skipped: [], unsupported: false, oneHour: false, rank, last: at};
		conversation.group = group;
	}
	group.rank = rank;
	group.last = at;
	switch (event.kind) {
		case 'block':
			group.blocks.push({number: event.number, tokens: event.tokens, reused: false});
			group.oneHour ||= event.oneHour;
			break;
		case 'reused':
			// The system prompt is sent beside the stored blocks; these are the conversation's, numbered from 2.
			for (let index = 0; index < event.count; index++) {
				group.blocks.push({number: index + 2, tokens: undefined, reused: true});
			}
			break;
		case 'skipped':
			group.skipped.push({part: event.part, tokens: event.tokens});
			break;
		case 'unsupported':
			group.unsupported = true;
			break;
		case 'plan-step':
			break;
	}
	return ended;
};

/** The day from which on the backend logs the first block at INFO and all others at DEBUG. */
const hidesFrom = Date.UTC(2025, 11, 18);

/** Whether blocks behind the first may have been marked that the level of the log hides. */
const mayHide = ({blocks, skipped, unsupported, whole, last}: PlanGroup): boolean =>
	last.time >= hidesFrom &&
	!whole &&
	!unsupported &&
	skipped.every(({part}) => part !== 'conversation') &&
	blocks.every(({number, reused}) => number === 1 && !reused);

export const toPlan = (group: PlanGroup): Plan => ({
	blocks: group.blocks,
	skipped: group.skipped,
	unsupported: group.unsupported,
	...(mayHide(group) && {hidden: true}),
});

/** What an outcome line may tell. */
export const numberKeys = ['prompt', 'completion', 'total', 'read', 'write', 'writeOneHour'] as const;

/** Whether two lines can speak of the same usage: what both tell is equal. */
export const agree = (one: Outcome, other: Outcome): boolean =>
	(['prompt', 'read', 'write', 'completion'] as const).every(
		key => one[key] === undefined || other[key] === undefined || one[key] === other[key],
	);

/** The first line's numbers, with its gaps filled from the second. */
export const fill = (one: Outcome, other: Outcome): Outcome => ({
	wording: one.wording,
	prompt: one.prompt ?? other.prompt,
	completion: one.completion ?? other.completion,
	total: one.total ?? other.total,
	read: one.read ?? other.read,
	write: one.write ?? other.write,
	writeOneHour: one.writeOneHour ?? other.writeOneHour,
	model: one.model ?? other.model,
	accuracy: one.accuracy ?? other.accuracy,
});
