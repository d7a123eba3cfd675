import {createHash} from 'node:crypto';
import {mostEvents, type Request, type ThreadEvent} from '../request.js';

/** Maximum characters of a name; real names are shorter. */
const longest = 200;

/**
 * Replaces lone surrogates, which JSON can express but UTF-8 cannot, so that a text is the same wherever it is stored.
 */
const wellFormed = (text: string): string => text.toWellFormed();

/** A name of bounded length: a longer one is cut, and distinguished by a hash. */
export const boundName = (name: string | undefined): string | undefined =>
	name === undefined || name.length <= longest
		? name && wellFormed(name)
		: wellFormed(`${name.slice(0, longest - 20)}~${createHash('sha1').update(name).digest('hex').slice(0, 12)}`);

/** The latest names that need no bounding, by field: the names of a log keep recurring. */
const clean: (string | undefined)[] = [];

/** True if `boundName` would not change the name. */
const isBound = (place: number, name: string | undefined): boolean => {
	if (name === undefined || name === clean[place]) {
		return true;
	}
	if (name.length > longest || !name.isWellFormed()) {
		return false;
	}
	clean[place] = name;
	return true;
};

const areBound = (events: readonly ThreadEvent[]): boolean => {
	for (const {kind, detail} of events) {
		if (!isBound(8, kind) || !isBound(9, detail)) {
			return false;
		}
	}
	return events.length <= mostEvents;
};

/** Bounds all names of a request, so that they cannot slow down or flood a display. */
export const boundNames = (request: Request): Request => {
	const {thread, project, host, model, missReason, agent, agentId, provider, client, branch} = request;
	const {settings, priceFactors, events} = request;
	const id = wellFormed(request.id);
	if (
		!settings &&
		!priceFactors &&
		(!events || areBound(events)) &&
		id === request.id &&
		isBound(0, thread) &&
		isBound(1, project) &&
		isBound(2, host) &&
		isBound(3, model) &&
		isBound(4, missReason) &&
		isBound(5, agent) &&
		isBound(6, provider) &&
		isBound(7, client) &&
		isBound(10, branch) &&
		isBound(11, agentId)
	) {
		return request;
	}
	return {
		...request,
		id,
		thread: boundName(thread),
		project: boundName(project),
		host: boundName(host),
		model: boundName(model),
		missReason: boundName(missReason),
		...(agent !== undefined && {agent: boundName(agent)}),
		...(agentId !== undefined && {agentId: boundName(agentId)}),
		...(provider !== undefined && {provider: boundName(provider)}),
		...(client !== undefined && {client: boundName(client)}),
		...(branch !== undefined && {branch: boundName(branch)}),
		...(settings && {settings: boundValues(settings)}),
		...(priceFactors && {priceFactors: boundValues(priceFactors)}),
		...(events && {events: events.slice(0, mostEvents).map(boundValues)}),
	};
};

/** The same object with all its texts bounded. */
const boundValues = <Texts extends object>(texts: Texts): Texts =>
	Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, boundName(text)])) as Texts;
