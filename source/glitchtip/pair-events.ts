import {eventIdPrefix} from '../formats/backends/glitchtip/event-plan.js';
import type {Request} from '../request.js';

/** Clocks and queues: milliseconds by which the event of a plan and the plan's own line may differ. */
const tolerance = 2000;
/** Milliseconds that a call may take: a request has the time of its outcome, an event that of its plan. */
const longestCall = 15 * 60_000;

/** How long before the first of some events, and after the last, their requests may be dated, milliseconds. */
export const reach = {before: tolerance, after: longestCall} as const;

/** True if a GlitchTip event, not a log line, reported this request. */
export const isOfEvent = ({id}: Pick<Request, 'id'>): boolean => id.startsWith(eventIdPrefix);

/** What an event and a log both tell exactly. */
const planKey = ({plan}: Request): string =>
	`${plan?.blocks.length} ${plan?.blocks.find(({number}) => number === 1)?.tokens}`;

/** The same model is named with its provider in one place and without in another. */
const bare = (model: string): string => model.slice(model.lastIndexOf('/') + 1).toLowerCase();

const isOfModel = (event: Request, request: Request): boolean =>
	request.model === undefined || event.model === undefined || bare(request.model) === bare(event.model);

/**
 * Which request of a log is the call that an event tells of: the same model, number of blocks and tokens of the system
 * prompt, and a time that fits. Each request is paired once, so that calls of which only the event reports are left
 * over however alike they are.
 * @param events requests that were read from events
 * @param requests those of logs
 * @param taken ids of requests that were paired before
 * @returns the ids of the requests by those of the events
 */
export const pairEvents = (
	events: readonly Request[],
	requests: readonly Request[],
	taken: {has(id: string): boolean} = new Set(),
): ReadonlyMap<string, string> => {
	const byTime = (one: Request, other: Request) => one.time - other.time;
	const planned = new Map(
		requests.filter(({id, plan}) => plan && !taken.has(id)).map(request => [request.id, request]),
	);
	const alike = new Map<string, Request[]>();
	for (const request of [...planned.values()].sort(byTime)) {
		const key = planKey(request);
		alike.get(key)?.push(request) ?? alike.set(key, [request]);
	}
	const pairs = new Map<string, string>();
	for (const event of [...events].sort(byTime)) {
		const candidates = alike.get(planKey(event)) ?? [];
		// Later events have no use for what is too early for this one.
		const first = candidates.findIndex(({time}) => time >= event.time - tolerance);
		candidates.splice(0, first < 0 ? candidates.length : first);
		const found = candidates.findIndex(
			request => request.time - event.time <= (request.usage ? longestCall : tolerance) && isOfModel(event, request),
		);
		if (found >= 0) {
			pairs.set(event.id, (candidates[found] as Request).id);
			candidates.splice(found, 1);
		}
	}
	return pairs;
};
