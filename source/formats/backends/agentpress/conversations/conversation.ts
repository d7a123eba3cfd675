/** The state of a conversation. The lines of several threads interleave in a worker's log. */

import {mostEvents, type ThreadEvent} from '../../../../request.js';
import {type Moment, plainMoment} from '../moment.js';
import type {Outcome, OutcomeWording} from '../outcome.js';
import type {PlanGroup} from '../plan-group.js';

/** A model call without an outcome so far. */
export type OpenCall = {
	readonly model: string;
	readonly at: Moment;
	readonly group: PlanGroup | undefined;
	readonly rebuilt: boolean;
	readonly events: readonly ThreadEvent[];
};

/** The latest request with an outcome, which further lines may complete. */
export type OpenOutcome = {
	readonly id: string;
	/** Start of its call in epoch milliseconds; undefined if no call precedes it. */
	readonly start?: number | undefined;
	readonly events: readonly ThreadEvent[];
	readonly at: Moment;
	readonly group: PlanGroup | undefined;
	readonly rebuilt: boolean;
	model: string | undefined;
	numbers: Outcome;
	/** The wordings of its lines. */
	wordings: readonly OutcomeWording[];
	responseId: string | undefined;
};

/** What is known of a conversation so far. */
export type Conversation = {
	thread: string | undefined;
	run: string | undefined;
	group: PlanGroup | undefined;
	call: OpenCall | undefined;
	/** Earlier calls that wait as well, in lines without a context, which several conversations share. */
	readonly waiting: OpenCall[];
	outcome: OpenOutcome | undefined;
	/** The last model named, for outcome lines without a call before them. */
	model: string | undefined;
	responseId: string | undefined;
	rebuilt: boolean;
	/** What has changed since the previous call, at most `mostEvents`. */
	events: readonly ThreadEvent[];
	/** Numbers of a usage object logged before the outcome line. */
	hint: Outcome | undefined;
};

/** A conversation before its first line. */
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

/** The calls that wait for their outcome, oldest first. */
export const openCalls = ({call, waiting}: Conversation): readonly OpenCall[] => (call ? [...waiting, call] : waiting);

/** Clears what belongs to the current call or outcome, and not to the next one. */
export const beginAnew = (conversation: Conversation): void => {
	conversation.group = undefined;
	conversation.hint = undefined;
	conversation.rebuilt = false;
	conversation.events = [];
};

const plainGroup = (group: PlanGroup | undefined): PlanGroup | undefined =>
	group && {...group, last: plainMoment(group.last)};

const plainCall = (call: OpenCall): OpenCall => ({...call, at: plainMoment(call.at), group: plainGroup(call.group)});

/** A conversation as plain data, for saving. */
export const plainConversation = (conversation: Conversation): Conversation => {
	const {call, outcome} = conversation;
	return {
		...conversation,
		group: plainGroup(conversation.group),
		call: call && plainCall(call),
		waiting: conversation.waiting.map(plainCall),
		outcome: outcome && {
			...outcome,
			at: plainMoment(outcome.at),
			group: plainGroup(outcome.group),
		},
	};
};
