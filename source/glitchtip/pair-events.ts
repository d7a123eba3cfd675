import {eventIdPrefix} from '../formats/backends/glitchtip/event-plan.js';
import type {Request} from '../request.js';

/**
 * Maximum difference, in milliseconds, between the event of a plan and its line in the log, due to clocks and queues.
 */
const tolerance = 2000;
/** Maximum duration of a call, in milliseconds: a request has the time of its outcome, an event that of its plan. */
const longestCall = 15 * 60_000;

/** Milliseconds before the first and after the last event within which their requests may be dated. */
export const reach = {before: tolerance, after: longestCall} as const;

/** True if a GlitchTip event, not a log line, reported this request: only its plan, so that few ids are looked at. */
export const isOfEvent = ({id, usage}: Pick<Request, 'id' | 'usage'>): boolean =>
	usage === undefined && id.startsWith(eventIdPrefix);

/** The values that an event and a log report exactly. */
const planKey = ({plan}: Request): string =>
	`${plan?.blocks.length} ${plan?.blocks.find(({number}) => number === 1)?.tokens}`;

/** The model without the provider's prefix, which only one of the two may have. */
const bare = (model: string): string => model.slice(model.lastIndexOf('/') + 1).toLowerCase();

const isOfModel = (event: Request, request: Request): boolean =>
	request.model === undefined || event.model === undefined || bare(request.model) === bare(event.model);

/**
 * Matches events with requests from logs: the same model, number of blocks and tokens of the system prompt, and a
 * plausible time. Each request is matched once, so that calls which only an event reports are left over even if they
 * look alike.
 * @param events requests read from events
 * @param requests requests read from logs
 * @param taken ids of requests matched before
 * @returns ids of requests from logs by ids of requests from events
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
		// Requests that are too early for this event are too early for later ones as well.
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
