import type {Request} from '../../../request.js';
import {isMeasured} from '../../measured.js';
import {firstCall} from '../chain.js';
import type {Counted} from '../facts.js';
import {isOpen} from './suspicious.js';

/** A break of a cause that leaves open what changed the prompt, as far as evidence is told from it. */
export type OpenBreak = Pick<Request, 'client' | 'project' | 'thread' | 'events'> & {
	/** Tokens that the first call read from the cache: where the break stopped. Undefined where the log does not tell. */
	readonly read: number | undefined;
};

/** The newest breaks of a window. */
export type OpenBreaks = {
	/** How many were looked at. */
	readonly breaks: number;
	/** The open ones among them, oldest first. */
	readonly open: readonly OpenBreak[];
};

/** The open ones of breaks that are at hand. @param breaks oldest first */
export const openBreaksOf = (breaks: readonly Counted[]): OpenBreaks => ({
	breaks: breaks.length,
	open: breaks.flatMap(({request, facts: {loss}}) => {
		if (!loss || !isOpen(loss.cause)) {
			return [];
		}
		const {client, project, thread, events} = request;
		return {client, project, thread, events, read: isMeasured(request) ? firstCall(request).cacheRead : undefined};
	}),
});
