import type {Request, ThreadEvent} from '../../../request.js';
import type {BreakCause} from '../loss.js';

/** Causes that explain themselves: no event needs to be suspected. */
const explained: ReadonlySet<BreakCause> = new Set([
	'expired',
	'model-switched',
	'provider-switched',
	'rebuilt',
	'concurrent',
	'client-updated',
]);

/** True if a break of this cause leaves open what changed the prompt. */
export const isOpen = (cause: BreakCause): boolean => !explained.has(cause);

const weak = 'new turn';

/** The events that may have caused a request's break. A user's message counts only if nothing else happened. */
export const suspectsOf = ({events = []}: Pick<Request, 'events'>): readonly ThreadEvent[] => {
	const strong = events.filter(({kind}) => kind !== weak);
	return strong.length > 0 ? strong : events;
};

/** `slash command /model`; with names as logged, not sanitized. */
export const eventWords = ({kind, detail}: {readonly kind: string; readonly detail?: string | undefined}): string =>
	detail === undefined ? kind : `${kind} ${detail}`;
