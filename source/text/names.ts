import {createHash} from 'node:crypto';
import {mostEvents, type Request} from '../request.js';

/** No real name is longer; one that is comes from a line that is not what it seems. */
const longest = 200;

/** A text that is the same wherever it is kept: JSON can spell halves of surrogate pairs, UTF-8 cannot hold them. */
const wellFormed = (text: string): string => text.toWellFormed();

/** A name of bounded length: a longer one keeps its beginning and is told apart by a hash. */
export const boundName = (name: string | undefined): string | undefined =>
	name === undefined || name.length <= longest
		? name && wellFormed(name)
		: wellFormed(`${name.slice(0, longest - 20)}~${createHash('sha1').update(name).digest('hex').slice(0, 12)}`);

/** A request whose names cannot slow down or flood what shows them. */
export const boundNames = (request: Request): Request => {
	const {thread, project, host, model, missReason, agent, provider, client, settings, priceFactors, events} = request;
	const id = wellFormed(request.id);
	const isBound = [thread, project, host, model, missReason, agent, provider, client].every(
		name => boundName(name) === name,
	);
	if (isBound && id === request.id && !settings && !priceFactors && !events) {
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
		...(settings && {settings: boundValues(settings)}),
		...(priceFactors && {priceFactors: boundValues(priceFactors)}),
		...(events && {events: events.slice(0, mostEvents).map(boundValues)}),
	};
};

/** The same object with each of its texts bounded. */
const boundValues = <Texts extends object>(texts: Texts): Texts =>
	Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, boundName(text)])) as Texts;
