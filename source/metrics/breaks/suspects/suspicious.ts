import type {Request, ThreadEvent} from '../../../request.js';
import type {BreakCause} from '../loss.js';

/** Causes that are events themselves: nothing else needs to be suspected. */
const explained: ReadonlySet<BreakCause> = new Set([
	'expired',
	'model-switched',
	'provider-switched',
	'rebuilt',
	'concurrent',
	'client-updated',
]);

/** Whether a break of this cause leaves open what changed the prompt. */
export const isOpen = (cause: BreakCause): boolean => !explained.has(cause);

const weak = 'new turn';

/**
 * What a request's break may be due to. That the user wrote a message says something only where nothing else happened.
 */
export const suspectsOf = ({events = []}: Pick<Request, 'events'>): readonly ThreadEvent[] => {
	const strong = events.filter(({kind}) => kind !== weak);
	return strong.length > 0 ? strong : events;
};

/** `slash command /model`; names as the log has them, not sanitized. */
export const eventWords = ({kind, detail}: {readonly kind: string; readonly detail?: string | undefined}): string =>
	detail === undefined ? kind : `${kind} ${detail}`;
