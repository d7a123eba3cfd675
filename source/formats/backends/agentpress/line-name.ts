import {boundName} from '../../../text/names.js';
import type {Moment} from './conversation.js';
import type {AgentPressEvent} from './events.js';
import {numberKeys} from './outcome-numbers.js';

/** A time that tells lines apart. */
const fraction = /[.,]\d{3,}(?:Z|[+-]\d\d:?\d\d)?$/;
/** Characters of a thread's or a model's name that tell lines apart; of a thread's the last, which hold the hash of a long one. */
const longestOwner = 100;

/** A call or an outcome, which are what counts. */
export type ReadLine = {
	readonly owner: string;
	readonly at: Moment;
	readonly event: Extract<AgentPressEvent, {kind: 'call' | 'outcome'}>;
};

/** What tells a line from all others of its log. */
export const lineName = ({owner, at: {stamp}, event}: ReadLine): string => {
	const told =
		event.kind === 'call'
			? event.model
			: [event.outcome.wording, ...numberKeys.map(key => event.outcome[key] ?? '')].join(' ');
	return `${boundName(owner)?.slice(-longestOwner)} ${stamp} ${told.slice(0, longestOwner)}`;
};

/** Whether the time of a line has digits enough to tell it from the others of its thread. */
export const hasFraction = ({stamp}: Moment): boolean => fraction.test(stamp);
