import {createHash} from 'node:crypto';
import type {Request} from './request.js';

/** No real name is longer; one that is comes from a line that is not what it seems. */
const longest = 200;

/** Halves of surrogate pairs: JSON can spell them, UTF-8 cannot hold them. */
const halves = /\p{Cs}/gu;

/** A text that is the same wherever it is kept. */
const wellFormed = (text: string): string => text.replace(halves, '\uFFFD');

/** A name of bounded length: a longer one keeps its beginning and is told apart by a hash. */
export const boundName = (name: string | undefined): string | undefined =>
	name === undefined || name.length <= longest
		? name && wellFormed(name)
		: wellFormed(`${name.slice(0, longest - 20)}~${createHash('sha1').update(name).digest('hex').slice(0, 12)}`);

/** A request whose names cannot slow down or flood what shows them. */
export const boundNames = (request: Request): Request => {
	const {thread, project, host, model, missReason} = request;
	const isBound = [thread, project, host, model, missReason].every(name => boundName(name) === name);
	const id = wellFormed(request.id);
	return isBound && id === request.id
		? request
		: {
				...request,
				id,
				thread: boundName(thread),
				project: boundName(project),
				host: boundName(host),
				model: boundName(model),
				missReason: boundName(missReason),
			};
};
