import {createHash} from 'node:crypto';
import {mostEvents, type Request, type ThreadEvent} from '../request.js';

/** Characters. No real name is longer: a longer one is other text that stands in its place. */
const longest = 200;

/** A text that is the same wherever it is kept: JSON can spell halves of surrogate pairs, UTF-8 cannot hold them. */
const wellFormed = (text: string): string => text.toWellFormed();

/** A name of bounded length: a longer one keeps its beginning and is told apart by a hash. */
export const boundName = (name: string | undefined): string | undefined =>
	name === undefined || name.length <= longest
		? name && wellFormed(name)
		: wellFormed(`${name.slice(0, longest - 20)}~${createHash('sha1').update(name).digest('hex').slice(0, 12)}`);

/** The names seen last that need no bounding, by where they stand: those of one log are the same ones over and over. */
const clean: (string | undefined)[] = [];

/** Whether a name is as `boundName` would have it. */
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

/** A request whose names cannot slow down or flood what shows them. */
export const boundNames = (request: Request): Request => {
	const {thread, project, host, model, missReason, agent, provider, client, branch} = request;
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
		isBound(10, branch)
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
		...(provider !== undefined && {provider: boundName(provider)}),
		...(client !== undefined && {client: boundName(client)}),
		...(branch !== undefined && {branch: boundName(branch)}),
		...(settings && {settings: boundValues(settings)}),
		...(priceFactors && {priceFactors: boundValues(priceFactors)}),
		...(events && {events: events.slice(0, mostEvents).map(boundValues)}),
	};
};

/** The same object with each of its texts bounded. */
const boundValues = <Texts extends object>(texts: Texts): Texts =>
	Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, boundName(text)])) as Texts;
