import type {Plan, PlanBlock, SkippedPart} from '../../../request.js';
import type {AgentPressEvent} from './events.js';
import type {Moment} from './moment.js';

/** The lines of one planning pass. */
export type PlanGroup = {
	blocks: readonly PlanBlock[];
	skipped: readonly SkippedPart[];
	unsupported: boolean;
	oneHour: boolean;
	/** Set if there was a line that follows all blocks: the log's level hid none. */
	whole?: boolean | undefined;
	/** Position of the last line in the backend's order; a line with a lower one starts a new pass. */
	rank: number;
	last: Moment;
};

type PlanEvent = Extract<AgentPressEvent, {kind: 'plan-step' | 'block' | 'reused' | 'skipped' | 'unsupported'}>;

/** The order of a pass: input, structure, strategy, system prompt, blocks, the conversation's verdict. */
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

const none = [] as const;

/**
 * By count, stored blocks of the conversation that are sent again, numbered from 2, because the system prompt precedes
 * them.
 */
const reusedBlocks = Array.from({length: 100}, (_, count) =>
	Array.from({length: count}, (_, index): PlanBlock => ({number: index + 2, tokens: undefined, reused: true})),
);

const joined = (blocks: readonly PlanBlock[], more: readonly PlanBlock[]): readonly PlanBlock[] =>
	blocks.length === 0 ? more : [...blocks, ...more];

/**
 * Adds a line of a plan to the conversation's current pass, or starts a new pass if the line belongs before the last.
 * @returns the pass that this line ended, if any
 */
export const addPlanLine = (
	conversation: {group: PlanGroup | undefined},
	event: PlanEvent,
	at: Moment,
): PlanGroup | undefined => {
	const rank = rankOf(event);
	const before = conversation.group;
	let ended: PlanGroup | undefined;
	let group = before;
	if (!group || rank <= group.rank) {
		ended = before;
		group = {blocks: none, skipped: none, unsupported: false, oneHour: false, whole: undefined, rank, last: at};
		conversation.group = group;
	}
	group.rank = rank;
	group.last = at;
	switch (event.kind) {
		case 'block':
			group.blocks = [...group.blocks, {number: event.number, tokens: event.tokens, reused: false}];
			group.oneHour ||= event.oneHour;
			break;
		case 'reused':
			group.blocks = joined(group.blocks, reusedBlocks[event.count] ?? none);
			break;
		case 'skipped':
			group.skipped = [...group.skipped, {part: event.part, tokens: event.tokens}];
			break;
		case 'unsupported':
			group.unsupported = true;
			break;
		case 'plan-step':
			break;
	}
	return ended;
};

/** Since this day, the backend logs the first block at INFO and all others at DEBUG. */
const hidesFrom = Date.UTC(2025, 11, 18);

/** True if more blocks may have been marked that the log's level hides. */
const mayHide = ({blocks, skipped, unsupported, whole, last}: PlanGroup): boolean =>
	last.time >= hidesFrom &&
	!whole &&
	!unsupported &&
	skipped.every(({part}) => part !== 'conversation') &&
	blocks.every(({number, reused}) => number === 1 && !reused);

/** The plan that results from the lines of a group. */
export const toPlan = (group: PlanGroup): Plan => {
	const {blocks, skipped, unsupported} = group;
	return mayHide(group) ? {blocks, skipped, unsupported, hidden: true} : {blocks, skipped, unsupported};
};
